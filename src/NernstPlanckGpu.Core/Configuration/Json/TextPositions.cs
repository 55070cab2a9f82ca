namespace NernstPlanckGpu.Core.Configuration.Json;

/// <summary>Line and column of byte offsets in UTF-8 text; columns count characters.</summary>
internal sealed class TextPositions
{
    private readonly byte[] text;
    private readonly List<int> lineStarts = [0];

    public TextPositions(byte[] text)
    {
        this.text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                lineStarts.Add(i + 1);
        }
    }

    // Tokens come in order, so the last answer is the place to go on from: long lines do not cost their square.
    private int lastOffset;
    private int lastLine;
    private int lastColumn = 1;

    /// <summary>Line and column, from 1.</summary>
    public (int Line, int Column) At(long offset)
    {
        var target = (int)Math.Clamp(offset, 0, text.Length);
        var line = lineStarts.BinarySearch(target);
        line = line < 0 ? ~line - 1 : line;
        if (line != lastLine || target < lastOffset)
            (lastOffset, lastLine, lastColumn) = (lineStarts[line], line, 1);
        for (; lastOffset < target; lastOffset++)
        {
            if ((text[lastOffset] & 0xC0) != 0x80)
                lastColumn++;
        }

        return (line + 1, lastColumn);
    }

    /// <summary>Byte offset of a line (from 0) and a byte in it.</summary>
    public long Offset(long line, long byteInLine) =>
        lineStarts[(int)Math.Clamp(line, 0, lineStarts.Count - 1)] + byteInLine;
}
