using System.Globalization;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Content hash of a point: of everything in its configuration that its results depend on. 128 bits, 32 hexadecimal digits.</summary>
/// <param name="Bits">The hash.</param>
public readonly record struct PointHash(UInt128 Bits)
{
    /// <summary>Length of the text.</summary>
    public const int Digits = 32;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">32 hexadecimal digits.</param>
    public static PointHash Parse(string text) => new(UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}

/// <summary>One of the parts into which a sweep is split over processes.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">Number of parts; ≥ 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole sweep.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>True where a point belongs to this part: its hash mod <see cref="Count"/> is <see cref="Index"/>.</summary>
    /// <param name="hash">Hash of the point.</param>
    public bool Owns(PointHash hash) => Count == 1 || hash.Bits % (UInt128)(uint)Count == (UInt128)(uint)Index;

    /// <summary><c>3/8</c>, as on the command line.</summary>
    public override string ToString() => $"{Index}/{Count}";
}
