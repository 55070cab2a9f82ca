using System.Security;
using System.Text;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Configuration;

/// <summary>Gets the bytes of a configuration, and checks that they are text.</summary>
internal static class ConfigurationFile
{
    private const int MostBytes = 16 * 1024 * 1024;
    private const string Starter = "write a JSON object, or let `npgpu init` write one to start from";

    /// <summary>The file's bytes, or null and why not.</summary>
    public static byte[]? Read(string path, out ConfigurationError? error)
    {
        error = null;
        try
        {
            if (Directory.Exists(path))
                error = Problem(path, "this is a directory, not a file", "name a JSON file in it");
            else if (ReadAll(path) is { } bytes)
                return bytes;
            else
                error = TooLarge(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            error = Problem(path, "the file does not exist", "check the path, or let `npgpu init` write a file to start from");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or SecurityException)
        {
            error = Problem(path, "there is no permission to read the file", "grant read permission, or name another file");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            error = Problem(path, $"the file cannot be read ({exception.Message.TrimEnd('.')})", "check the path and the disk");
        }

        return null;
    }

    /// <summary>What is wrong with the bytes as text; null when nothing is.</summary>
    public static ConfigurationError? Check(byte[] bytes, string fileName)
    {
        if (bytes.Length > MostBytes)
            return TooLarge(fileName);
        if (WithoutMark(bytes).AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            return new(fileName, 1, 1, "", "the file is empty", Starter);
        var position = 0;
        while (position < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes.AsSpan(position), out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                var (line, column) = new TextPositions(WithoutMark(bytes)).At(position - (bytes.Length - WithoutMark(bytes).Length));
                return new(fileName, line, column, "", $"the byte 0x{bytes[position]:x2} is not UTF-8 text", "save the file as UTF-8");
            }

            position += length;
        }

        return null;
    }

    /// <summary>The bytes without a byte order mark.</summary>
    public static byte[] WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;

    /// <summary>Everything up to the limit; null when there is more. Devices and pipes have no length, so reading stops by itself.</summary>
    private static byte[]? ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.CanSeek && file.Length > MostBytes)
            return null;
        using var copy = new MemoryStream();
        var block = new byte[64 * 1024];
        for (var count = file.Read(block); count > 0; count = file.Read(block))
        {
            copy.Write(block, 0, count);
            if (copy.Length > MostBytes)
                return null;
        }

        return copy.ToArray();
    }

    private static ConfigurationError TooLarge(string path) =>
        Problem(path, "the file is larger than 16 MiB", "name a configuration, not a data file; shorten its tables");

    private static ConfigurationError Problem(string path, string message, string remedy) => new(path, 0, 0, "", message, remedy);
}
