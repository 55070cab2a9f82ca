using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

public sealed class SweepFileRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_sweep_comes_back_as_it_was_written()
    {
        var sweep = new SyntheticSweep { HasWords = true };
        string path = folder.File("sweep.h5");
        sweep.WriteTo(path);
        using RunFile file = RunFile.Open(path);
        SweepLayout layout = sweep.Layout();
        Assert.Equal([12, 2, 2, 7], file.Shape("concentration"));
        for (int point = 0; point < 12; point++)
        {
            PointResult expected = sweep.Point(point);
            double[] concentration = [.. expected.Snapshots.SelectMany(snapshot => snapshot.Concentration)];
            double[] stored = file.ReadRow("concentration", point);
            if (concentration.Length > 0)
                Assert.Equal(concentration, stored);
            else
                Assert.All(stored, value => Assert.True(double.IsNaN(value)));
            Assert.Equal((double)expected.Status, file.Read("status")[point]);
            Assert.Equal(expected.Summary!.MembranePotential, file.Read("membrane_potential")[point]);
            Assert.Equal(layout.Hashes[point].ToString(), file.ReadStrings("hash")[point]);
        }
        Assert.Equal(["rodas4", "rkc2", "euler"], file.ReadStrings("integrator")[..3]);
    }

    public void Dispose() => folder.Dispose();
}
