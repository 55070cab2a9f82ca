using System.Runtime.InteropServices;
using System.Text;
using NernstPlanckGpu.Core.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("npgpu-config-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reads_a_file_with_and_without_a_byte_order_mark()
    {
        foreach (var encoding in new[] { new UTF8Encoding(false), new UTF8Encoding(true) })
        {
            var path = Path.Combine(folder, "sample.json");
            File.WriteAllText(path, Sample.Text, encoding);
            Assert.Equal("Sample", ConfigurationReader.Read(path, []).Configuration?.Title);
        }
    }

    [Fact]
    public void Places_errors_behind_a_byte_order_mark_and_wide_characters()
    {
        var path = Path.Combine(folder, "sample.json");
        File.WriteAllText(path, "{ /* µ²😀 */ \"x\": 1 }", new UTF8Encoding(true));
        var error = ConfigurationReader.Read(path, []).Errors.Single(one => one.Pointer == "/x");
        Assert.Equal((1, 13), (error.Line, error.Column));
    }

    [Fact]
    public void Refuses_what_is_no_file()
    {
        Refuses(Path.Combine(folder, "none.json"), "does not exist");
        Refuses(Path.Combine(folder, "none", "none.json"), "does not exist");
        Refuses(folder, "directory");
        Refuses("", "cannot be read");
        Refuses("a\0b", "");
    }

    [Fact]
    public void Refuses_a_large_file_before_reading_it()
    {
        var path = Path.Combine(folder, "large.json");
        using (var file = File.Create(path))
            file.SetLength(100L * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(path, "larger than 16 MiB");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        if (File.Exists("/dev/zero"))
            Refuses("/dev/zero", "larger than 16 MiB");
    }

    [Fact]
    public void Refuses_a_file_without_permission()
    {
        var path = Path.Combine(folder, "closed.json");
        File.WriteAllText(path, Sample.Text);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return;
        File.SetUnixFileMode(path, UnixFileMode.None);
        if (Environment.UserName != "root")
            Refuses(path, "permission");
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'\n', (byte)'"', 0xFF, (byte)'"', (byte)'}' }, 2, 2, "0xff")]
    [InlineData(new byte[] { (byte)'{', 0xC3 }, 1, 2, "0xc3")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, 1, 1, "0xff")]
    public void Refuses_what_is_not_text(byte[] bytes, int line, int column, string message)
    {
        var path = Path.Combine(folder, "binary.json");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Single(ConfigurationReader.Read(path, []).Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_values_than_memory_should_hold()
    {
        var text = "[" + string.Concat(Enumerable.Repeat("1,", 1_000_001)) + "1]";
        Assert.Contains("more than", Sample.Errors(text)[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Mutated configurations: never an exception, and always either a run or errors with remedies.</summary>
    [Fact]
    public void Never_throws_whatever_the_bytes()
    {
        var random = new Random(20260101);
        string[] samples =
        [
            Sample.Text,
            Sample.WithoutTime("\"mode\": \"iv\", \"iv\": { \"voltages\": { \"linspace\": [\"-120 mV\", \"60 mV\", 37] } }"),
            Sample.WithoutTime("\"mode\": \"impedance\", \"impedance\": { \"frequencies\": { \"logspace\": [1e-2, 1e9, 56] } }"),
            Sample.With("\"regions\",", "{ \"steady\": { \"boundaries\": { \"left\": { \"electric\": { \"current\": 0 }, \"ions\": { \"K\": \"blocked\" } } }, \"source\": null } },")
                .Replace("\"potential\": \"-70 mV\"", "\"potential\": \"10 mV\", \"relativeTo\": \"initial\"", StringComparison.Ordinal),
        ];
        var texts = Repository.Configs.Select(File.ReadAllBytes).Concat(samples.Select(Encoding.UTF8.GetBytes)).ToList();
        var fragments = new[] { "1e999", "-1", "null", "{}", "[]", "\"\"", "\"\\ud800\"", ",", "}", "]", "\"4 nm\"", "1e-300", "1e300", "\u00b5", "true", "\"default\"", "0" };
        var path = Path.Combine(folder, "fuzz.json");
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Mutate(texts[i % texts.Count], random, fragments);
            File.WriteAllBytes(path, bytes);
            var result = ConfigurationReader.Read(path, i % 7 == 0 ? [$"/regions/{random.Next(4)}/length={fragments[random.Next(fragments.Length)]}"] : []);
            Assert.Equal(result.Configuration is null, result.Errors.Count > 0);
            Assert.All(result.Errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Remedy)));
        }
    }

    private static byte[] Mutate(byte[] original, Random random, string[] fragments)
    {
        var bytes = original.ToList();
        for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 2; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(fragments[random.Next(fragments.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 4:
                    ReplaceNumber(bytes, at, fragments[random.Next(fragments.Length)]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Replaces the next number: the mutation that leaves the syntax whole and tries the checks.</summary>
    private static void ReplaceNumber(List<byte> bytes, int from, string fragment)
    {
        var start = bytes.FindIndex(from, symbol => char.IsAsciiDigit((char)symbol));
        if (start < 0)
            return;
        var end = bytes.FindIndex(start, symbol => !char.IsAsciiDigit((char)symbol) && symbol != '.');
        bytes.RemoveRange(start, (end < 0 ? bytes.Count : end) - start);
        bytes.InsertRange(start, Encoding.UTF8.GetBytes(fragment.Trim('"')));
    }

    private static void Refuses(string path, string message)
    {
        var result = ConfigurationReader.Read(path, []);
        Assert.Null(result.Configuration);
        var error = Assert.Single(result.Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.Remedy));
        Assert.Equal((path, 0), (error.File, error.Line));
    }
}
