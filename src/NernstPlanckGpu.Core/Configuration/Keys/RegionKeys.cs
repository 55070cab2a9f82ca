using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>A number, or water at the run's temperature.</summary>
/// <param name="Value">Relative permittivity; null: water's.</param>
internal sealed record RawPermittivity(double? Value);

/// <summary>The grid of the whole stack.</summary>
/// <param name="Cells">Cells of regions without a grid of their own; null: automatic.</param>
/// <param name="Tolerance">Change of the potential that halving every cell may still make, V; null: the grid is taken as built.</param>
internal sealed record StackGrid(RegionGrid? Cells, double? Tolerance);

/// <summary>A region as it is written.</summary>
internal sealed record RawRegion(
    ConfigurationNode Node,
    Setting<string> Name,
    Setting<double> Length,
    Setting<RawPermittivity> Permittivity,
    Setting<SpeciesMap<double>> Concentration,
    Setting<double> FixedCharge,
    Setting<bool> Membrane,
    Setting<IReadOnlyList<Setting<string>>> Impermeable,
    Setting<SpeciesMap<double>> DiffusivityFactor,
    Setting<SpeciesMap<double>> Barrier,
    Setting<RegionGrid> Grid);

/// <summary>Keys of a region.</summary>
internal static class RegionKeys
{
    private static readonly Key<string> Name = new(new TextForm(name =>
        string.IsNullOrWhiteSpace(name) ? ("the name is empty", "write a name, such as \"membrane\"") : null))
    {
        Name = "name",
        Meaning = "Name, unique in the stack.",
        Example = "\"membrane\"",
    };

    private static readonly Key<double> Length = new(Quantities.Length)
    {
        Name = "length",
        Meaning = "Thickness.",
        Example = "\"5 nm\"",
    };

    private static readonly Key<RawPermittivity> Permittivity = new(new UnionForm<RawPermittivity>("Permittivity",
        "a relative permittivity",
    [
        Alternative<RawPermittivity>.Scalar(new NumberForm(Range.Positive), value => new RawPermittivity(value), "A number.", "78.5"),
        Alternative<RawPermittivity>.Word("water", new(null), "Water at the run's temperature, 0 to 100 degC (Malmberg and Maryott 1956)."),
    ]))
    {
        Name = "permittivity",
        Meaning = "Relative permittivity: a number > 0, or \"water\" for that of water at the run's temperature (0 to 100 degC).",
        Example = "78.5",
    };

    private static readonly Key<SpeciesMap<double>> Concentration = new(
        new SpeciesMapForm<double>(Quantities.Concentration, allowDefault: false) { Example = "\"140 mM\"" })
    {
        Name = "concentration",
        Meaning = "Initial concentrations, and at an end those of the bath; a species that is not named has none. "
            + "An inner region without this key starts from the blend of its neighbours.",
        Example = "{\"K\": \"140 mM\", \"Cl\": \"140 mM\"}",
        Default = "blend of the neighbours; required at the ends",
    };

    private static readonly Key<double> FixedCharge = new(Quantities.SignedConcentration)
    {
        Name = "fixedCharge",
        Meaning = "Fixed charge, as a concentration of elementary charges, with sign.",
        Example = "\"-20 mM\"",
        Default = "0",
    };

    private static readonly Key<bool> Membrane = new(new BooleanForm())
    {
        Name = "membrane",
        Meaning = "True for a membrane: membrane potential, charges and plots refer to it.",
        Example = "true",
        Default = "false",
    };

    private static readonly Key<IReadOnlyList<Setting<string>>> Impermeable = new(new ListForm<string>(new TextForm()), [])
    {
        Name = "impermeable",
        Meaning = "Species that cannot enter this region.",
        Example = "[\"A\"]",
        Default = "[]",
    };

    private static readonly Key<SpeciesMap<double>> DiffusivityFactor = new(
        new SpeciesMapForm<double>(new NumberForm(Range.NonNegative), allowDefault: true, node => node.Kind != NodeKind.Object) { Example = "1e-4" })
    {
        Name = "diffusivityFactor",
        Meaning = "Factor on the bulk diffusivity, for all species or per species (\"default\" for those not named).",
        Example = "{\"K\": 1, \"default\": 1e-4}",
        Default = "1",
    };

    private static readonly Key<SpeciesMap<double>> Barrier = new(
        new SpeciesMapForm<double>(Quantities.MolarEnergy, allowDefault: true, node => node.Kind != NodeKind.Object) { Example = "\"10 kJ/mol\"" })
    {
        Name = "barrier",
        Meaning = "Standard chemical potential W against bulk water, for all species or per species (\"default\" for those not named).",
        Example = "{\"K\": \"12 kJ/mol\"}",
        Default = "0",
    };

    private static readonly Key<RegionGrid> Grid = new(GridKeys.Region)
    {
        Name = "grid",
        Meaning = "Cells of this region.",
        Example = "{\"cells\": 40, \"grading\": \"none\"}",
        Default = "the top-level grid, else automatic from the Debye length",
    };

    public static ObjectForm<RawRegion> Form { get; } = new("Region", "a region",
        [Name, Length, Permittivity, Concentration, FixedCharge, Membrane, Impermeable, DiffusivityFactor, Barrier, Grid],
        reader => new(reader.Node, reader.Get(Name), reader.Get(Length), reader.Get(Permittivity), reader.Get(Concentration),
            reader.Get(FixedCharge),
            reader.Get(Membrane), reader.Get(Impermeable), reader.Get(DiffusivityFactor), reader.Get(Barrier), reader.Get(Grid)))
    { DefinitionName = "region" };
}

/// <summary>Keys of the grid, of a region and of the whole stack.</summary>
internal static class GridKeys
{
    private const long MostCells = 1_000_000;

    private static readonly Key<long> Cells = new(new IntegerForm(1, MostCells))
    {
        Name = "cells",
        Meaning = "Number of cells.",
        Example = "108",
        Default = "from the other two, or automatic",
    };

    private static readonly Key<double> FirstCell = new(Quantities.Length)
    {
        Name = "firstCell",
        Meaning = "Size of the cell at a graded end; of every cell when grading is \"none\".",
        Example = "\"0.1 nm\"",
        Default = "from the other two, or automatic",
    };

    private static readonly Key<double> Growth = new(new NumberForm(new Range(1, 10)))
    {
        Name = "growth",
        Meaning = "Ratio of neighbouring cells away from the graded ends. Give at most two of cells, firstCell and growth.",
        Example = "1.1",
        Default = "from the other two, or automatic",
    };

    private static readonly Key<Grading> GradedEnds = new(new WordForm<Grading>(
        [("none", Model.Grading.None), ("left", Model.Grading.Left), ("right", Model.Grading.Right), ("both", Model.Grading.Both)]))
    {
        Name = "grading",
        Meaning = "Ends with the smallest cells: \"none\", \"left\", \"right\" or \"both\".",
        Example = "\"right\"",
        Default = "the ends where a double layer can form",
    };

    private static readonly Key<double> Tolerance = new(new QuantityForm(Units.QuantityKind.Potential, Range.Positive))
    {
        Name = "tolerance",
        Meaning = "Largest change of the potential that halving every cell may still make: the grid is refined until it is met. Other keys beside it, and the grids of regions, give the starting grid.",
        Example = "\"0.01 mV\"",
        Default = "the grid is taken as built",
    };

    private static readonly Key<double> RegionTolerance = new(new QuantityForm(Units.QuantityKind.Potential, Range.Positive))
    {
        Name = "tolerance",
        Meaning = "Only of the whole stack.",
        Example = "\"0.01 mV\"",
        Default = "none",
        RefusedBecause = "holds for the whole stack",
        RefusedRemedy = "write it in /grid",
    };

    /// <summary>Grid of a region.</summary>
    public static ObjectForm<RegionGrid> Region { get; } =
        new("Grid of a region", "a grid", [Cells, FirstCell, Growth, GradedEnds, RegionTolerance], Build) { DefinitionName = "regionGrid" };

    /// <summary>Grid of every region that has none of its own.</summary>
    public static ObjectForm<StackGrid> Stack { get; } =
        new("Grid", "a grid", [Cells, FirstCell, Growth, Tolerance], BuildStack) { DefinitionName = "grid" };

    private static StackGrid? BuildStack(ObjectReader reader)
    {
        var (tolerance, cells) = (reader.Get(Tolerance), Build(reader));
        return cells is null ? null : new(cells == new RegionGrid() ? null : cells, tolerance.IsPresent ? tolerance.Value : null);
    }

    private static RegionGrid? Build(ObjectReader reader)
    {
        var (cells, first, growth, grading) = (reader.Get(Cells), reader.Get(FirstCell), reader.Get(Growth), reader.Get(GradedEnds));
        if (!reader.IsValid)
            return null;
        if (cells.IsPresent && first.IsPresent && growth.IsPresent)
            return reader.Fail<RegionGrid>(growth.Node, "two of cells, firstCell and growth determine the third",
                "remove one of the three");
        if (grading is { IsPresent: true, Value: Model.Grading.None } && growth.IsPresent)
            return reader.Fail<RegionGrid>(growth.Node, "uniform cells do not grow", "remove \"growth\", or write another \"grading\"");
        if (grading is { IsPresent: true, Value: Model.Grading.None } && cells.IsPresent && first.IsPresent)
            return reader.Fail<RegionGrid>(first.Node, "the number of uniform cells determines their size",
                "remove \"firstCell\" or \"cells\"");
        return new(cells.IsPresent ? (int)cells.Value : null, first.IsPresent ? first.Value : null,
            growth.IsPresent ? growth.Value : null, grading.IsPresent ? grading.Value : null);
    }
}
