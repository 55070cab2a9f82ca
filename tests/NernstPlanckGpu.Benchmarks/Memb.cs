using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>MEMB, the problem of the speed figures, as configs/bench/memb.json states it.</summary>
internal static class Memb
{
    public static PnpProblem Problem()
    {
        Species[] species = [new("K", 1, 1.957e-9), new("Na", 1, 1.334e-9), new("Cl", -1, 2.032e-9)];
        Region Water(string name, double[] concentration, Grading grading) => new()
        {
            Name = name,
            Length = 30e-9,
            Permittivity = 74,
            Concentration = concentration,
            Impermeable = [false, false, false],
            DiffusivityFactor = [1, 1, 1],
            Barrier = [0, 0, 0],
            Grid = new(108, 0.1e-9, null, grading),
        };
        Boundary End(double potential, double[] bath) => new(
            new PotentialBoundary(new ConstantWaveform(potential)),
            [.. bath.Select(c => new BathBoundary(new ConstantWaveform(c)))]);
        return new()
        {
            Temperature = 310.15,
            Species = species,
            Regions =
            [
                Water("inside", [140, 10, 150], Grading.Right),
                new()
                {
                    Name = "membrane",
                    Length = 4e-9,
                    Permittivity = 2,
                    IsMembrane = true,
                    Impermeable = [false, false, false],
                    DiffusivityFactor = [1e-4, 1e-4, 1e-4],
                    Barrier = [10e3, 10e3, 10e3],
                    Grid = new(40, null, null, Grading.None),
                },
                Water("outside", [5, 145, 150], Grading.Left),
            ],
            Left = End(-0.07, [140, 10, 150]),
            Right = End(0, [5, 145, 150]),
            Initial = new ProfilesInitialState([new RegionsProfile(), new RegionsProfile(), new RegionsProfile()]),
        };
    }
}
