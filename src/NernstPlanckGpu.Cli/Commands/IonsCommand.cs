using System.CommandLine;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu ions</c>: the ions that a configuration may name without giving their numbers.</summary>
internal static class IonsCommand
{
    private const double Angstrom = 1e-10;

    public static Command Create(CommonOptions options)
    {
        var command = new Command("ions", "List the known ions with their valence, diffusivity and size.") { options.Json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(options.Json))
                Json.Print(ToJson());
            else
                Console.Out.Write(ToText());
            return ExitCode.Done;
        });
        return command;
    }

    private static string ToText()
    {
        var table = new TextTable("name", "valence", "D (m^2/s, 25 degC)", "size (A)", "meaning");
        foreach (KnownIon ion in KnownIons.All)
        {
            string size = ion.Size is { } metres ? Quantity.Number(metres / Angstrom) : "";
            table.Add(ion.Name, $"{ion.Valence:+0;-0}", Quantity.Number(ion.Diffusivity), size, ion.Meaning);
        }

        IEnumerable<string> sources = KnownIons.All.GroupBy(ion => ion.Source)
            .Select(group => $"{string.Join(", ", group.Select(ion => ion.Name))}\n  {group.Key}\n");
        return $"{table.Render(indent: 0)}\nSources\n{string.Join("", sources)}";
    }

    private static JsonObject ToJson() => new()
    {
        ["referenceTemperature"] = KnownIons.ReferenceTemperature,
        ["ions"] = new JsonArray([.. KnownIons.All.Select(ion => new JsonObject
        {
            ["name"] = ion.Name,
            ["meaning"] = ion.Meaning,
            ["valence"] = ion.Valence,
            ["diffusivity"] = ion.Diffusivity,
            ["size"] = ion.Size,
            ["source"] = ion.Source,
        })]),
    };
}
