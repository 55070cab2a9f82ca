using System.Text;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>Every example that the tables of keys give is read by the key that gives it.</summary>
public class ExampleTests
{
    [Fact]
    public void Every_example_is_read()
    {
        var examples = new List<(string Name, string Example, object Reader)>();
        Collect(RootKeys.Form, [], examples);
        Assert.True(examples.Count > 100, $"only {examples.Count} examples were found");
        Assert.All(examples, one => Assert.Empty(Errors(one.Example, one.Reader)));
    }

    private static void Collect(Form form, HashSet<Form> seen, List<(string Name, string Example, object Reader)> examples)
    {
        if (!seen.Add(form))
            return;
        if (form is IKeyTable table)
            examples.AddRange(table.Keys.Where(key => key.RefusedRemedy is null).Select(key => (key.Name, key.Example, (object)key)));
        if (form is IAlternatives choice)
            examples.AddRange(choice.Rows.Select(row => (choice.Title, row.Example, (object)form)));
        foreach (var part in form.Parts)
            Collect(part, seen, examples);
    }

    private static List<ConfigurationError> Errors(string example, object reader)
    {
        var errors = new List<ConfigurationError>();
        var node = JsonTreeReader.Read(Encoding.UTF8.GetBytes(example), "example", positioned: true, errors);
        reader.GetType().GetMethod("Read")!.Invoke(reader, [node, new ReadContext(errors)]);
        return errors;
    }
}
