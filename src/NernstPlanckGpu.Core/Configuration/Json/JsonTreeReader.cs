using System.Text;
using System.Text.Json;

namespace NernstPlanckGpu.Core.Configuration.Json;

/// <summary>Reads JSON (comments and trailing commas allowed) into a tree of positioned nodes.</summary>
internal sealed class JsonTreeReader
{
    private const int MaximumDepth = 64;
    private const int MaximumValues = 1_000_000;
    private readonly byte[] text;
    private readonly string file;
    private readonly List<ConfigurationError> errors;
    private readonly TextPositions positions;
    private readonly List<Func<string>> path = [];
    private readonly bool positioned;
    private int values;

    private JsonTreeReader(byte[] text, string file, bool positioned, List<ConfigurationError> errors)
    {
        this.text = text;
        this.file = file;
        this.positioned = positioned;
        this.errors = errors;
        positions = new(text);
    }

    /// <summary>Reads a document; null when it is not JSON. Duplicate keys and infinite numbers are reported and read on.</summary>
    /// <param name="text">UTF-8 without a byte order mark.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="positioned">False for an override, which has no lines.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static ConfigurationNode? Read(byte[] text, string file, bool positioned, List<ConfigurationError> errors) =>
        new JsonTreeReader(text, file, positioned, errors).Document();

    private ConfigurationNode? Document()
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaximumDepth,
        });
        try
        {
            reader.Read();
            var root = Value(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            var offset = positions.Offset(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
            Report(offset, Plain(exception.Message), Remedy(exception.Message));
        }
        catch (InvalidOperationException)
        {
            Report(reader.TokenStartIndex, "a string holds an escape that is not a character",
                "write \\uXXXX escapes of surrogates in pairs");
        }

        return null;
    }

    private ConfigurationNode Value(ref Utf8JsonReader reader)
    {
        if (++values > MaximumValues)
            throw new JsonException($"more than {MaximumValues} values.", null, 0, reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader),
            JsonTokenType.StartArray => Array(ref reader),
            JsonTokenType.String => Node(ref reader, NodeKind.String, reader.GetString() ?? ""),
            JsonTokenType.Number => Number(ref reader),
            JsonTokenType.True => Node(ref reader, NodeKind.Boolean, "true"),
            JsonTokenType.False => Node(ref reader, NodeKind.Boolean, "false"),
            _ => Node(ref reader, NodeKind.Null, "null"),
        };
    }

    private ConfigurationNode Object(ref Utf8JsonReader reader)
    {
        var node = Node(ref reader, NodeKind.Object, "");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            var nameOffset = reader.TokenStartIndex;
            path.Add(() => name);
            reader.Read();
            var value = Value(ref reader);
            var (line, column) = Position(nameOffset);
            if (names.Add(name))
                node.AddMember(name, line, column, value);
            else
                Report(nameOffset, $"the key \"{name}\" stands twice in this object", "keep one of them");
            path.RemoveAt(path.Count - 1);
        }

        return node;
    }

    private ConfigurationNode Array(ref Utf8JsonReader reader)
    {
        var node = Node(ref reader, NodeKind.Array, "");
        path.Add(() => node.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            node.SetItem(node.Items.Count, Value(ref reader));
        path.RemoveAt(path.Count - 1);
        return node;
    }

    private ConfigurationNode Number(ref Utf8JsonReader reader)
    {
        var digits = Encoding.UTF8.GetString(reader.ValueSpan);
        if (!reader.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Report(reader.TokenStartIndex,
                $"{(digits.Length <= 40 ? digits : digits[..37] + "...")} is not a finite number", "write a number of at most 1.7e308");
            return Node(ref reader, NodeKind.Number, digits, double.NaN);
        }

        return Node(ref reader, NodeKind.Number, digits, number);
    }

    private ConfigurationNode Node(ref Utf8JsonReader reader, NodeKind kind, string content, double number = 0)
    {
        var (line, column) = Position(reader.TokenStartIndex);
        return new() { Kind = kind, File = file, Line = line, Column = column, Text = content, Number = number };
    }

    private (int Line, int Column) Position(long offset) => positioned ? positions.At(offset) : (0, 0);

    private void Report(long offset, string message, string remedy)
    {
        var (line, column) = Position(offset);
        var pointer = string.Concat(path.Select(part => "/" + ConfigurationNode.Escape(part())));
        errors.Add(new(file, line, column, pointer, message, remedy));
    }

    /// <summary>System.Text.Json's message without its own position, as a clause.</summary>
    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var clause = (end < 0 ? message : message[..end]).Trim().TrimEnd('.').Replace(". ", ", ", StringComparison.Ordinal);
        return $"this is not JSON: {clause}";
    }

    private static string Remedy(string message) => message switch
    {
        _ when message.Contains("depth", StringComparison.Ordinal) && message.Contains("exceeded", StringComparison.Ordinal) =>
            $"nest at most {MaximumDepth} levels",
        _ when message.Contains("more than", StringComparison.Ordinal) => "shorten the tables",
        _ when message.Contains("after a single JSON value", StringComparison.Ordinal) => "remove what follows the closing brace",
        _ when message.Contains("does not contain any JSON tokens", StringComparison.Ordinal) =>
            "write an object: { \"species\": [...], ... }",
        _ when message.Contains("end of data", StringComparison.Ordinal) || message.Contains("open JSON object", StringComparison.Ordinal)
            => "the file seems cut off: close every brace, bracket and string",
        _ when message.Contains("'N' is an invalid", StringComparison.Ordinal)
            || message.Contains("'I' is an invalid", StringComparison.Ordinal)
            => "write a finite number; NaN and Infinity are not JSON",
        _ => "correct the syntax here",
    };
}
