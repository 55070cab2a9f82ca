using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

public class PointHashTests
{
    private static readonly string Axis = Plans.Path("/boundaries/left/electric/potential", "\"values\": [\"-70 mV\", \"-60 mV\", \"-50 mV\"]");

    private static PointHash Hash(string? text = null, string? axes = null, int point = 1) => Plans.Read($"{{ \"axes\": [{axes ?? Axis}] }}", text).Hash(point);

    [Theory]
    [InlineData("// comments are read", "/* other comment */")]
    [InlineData("\"permittivity\": 2,", "\"permittivity\": 2.0,")]
    [InlineData("\"permittivity\": 2,", "\"permittivity\": 20e-1,")]
    [InlineData("\"concentration\": { \"K\": \"5 mM\", \"Cl\": \"5 mM\" }", "\"concentration\": { \"Cl\": \"5 mM\", \"K\": \"5 mM\" }")]
    [InlineData("\"temperature\": \"25 degC\",", "\"$schema\": \"other.json\", \"temperature\": \"25 degC\",")]
    [InlineData("\"sweep\"", "\"title\": \"Another\", \"sweep\"")]
    [InlineData("\"potential\": \"-70 mV\"", "\"potential\": \"0 mV\"")]
    public void What_changes_nothing_keeps_the_hash(string part, string replacement)
    {
        var text = Plans.Text($"{{ \"axes\": [{Axis}] }}");
        Assert.Contains(part, text, StringComparison.Ordinal);
        var other = SweepPlan.Parse(text.Replace(part, replacement, StringComparison.Ordinal), "sample.json", []).Plan!;
        Assert.Equal(Hash(), other.Hash(1));
        Assert.Equal(Plans.Read($"{{ \"axes\": [{Axis}] }}").BaseHash, other.BaseHash);
    }

    [Theory]
    [InlineData("\"permittivity\": 2,", "\"permittivity\": 2.0000000000000004,")]
    [InlineData("\"25 degC\"", "\"25.0 degC\"")]
    [InlineData("\"leftCharge\"", "\"currentDensity\"")]
    [InlineData("\"count\": 11", "\"count\": 12")]
    [InlineData("\"mechanisms\": [],", "")]
    [InlineData("\"name\": \"inside\"", "\"name\": \"in\"")]
    [InlineData("\"maximumSteps\": 1000", "\"maximumSteps\": 1001")]
    [InlineData("\"rkc2\"", "\"rodas4\"")]
    public void What_changes_anything_changes_the_hash(string part, string replacement)
    {
        var other = Sample.With(part, replacement);
        Assert.NotEqual(Hash(), Hash(other));
        Assert.NotEqual(Plans.Read($"{{ \"axes\": [{Axis}] }}").BaseHash, Plans.Read($"{{ \"axes\": [{Axis}] }}", other).BaseHash);
    }

    [Fact]
    public void What_is_stored_counts_and_how_it_is_listed_does_not()
    {
        PointHash Stored(string store) => Plans.Read($"{{ \"axes\": [{Axis}], \"store\": {store} }}").Hash(1);
        Assert.Equal(Hash(), Stored("[\"potential\", \"concentration\"]"));
        Assert.NotEqual(Hash(), Stored("[\"potential\"]"));
    }

    [Fact]
    public void Points_differ_and_keep_their_hashes_when_axes_change()
    {
        var plan = Plans.Read($"{{ \"axes\": [{Axis}] }}");
        PointHash[] hashes = [.. Enumerable.Range(0, 3).Select(plan.Hash)];
        Assert.Equal(3, hashes.Distinct().Count());
        var longer = Plans.Grid(("/boundaries/left/electric/potential", "\"linspace\": [\"-80 mV\", \"-40 mV\", 5]"));
        Assert.Equal<IEnumerable<PointHash>>(hashes, new[] { longer.Hash(1), longer.Hash(2), longer.Hash(3) });
        Assert.Equal(plan.BaseHash, longer.BaseHash);
        var more = Plans.Read($"{{ \"axes\": [{Plans.Path("/regions/1/barrier", "\"values\": [\"11 kJ/mol\", \"10 kJ/mol\"]")}, {Axis}] }}");
        Assert.Equal<IEnumerable<PointHash>>(hashes, new[] { more.Hash(3), more.Hash(4), more.Hash(5) });
        Assert.NotEqual(plan.BaseHash, more.BaseHash);
    }

    [Fact]
    public void The_hash_of_a_point_is_known()
    {
        // As it is on every machine: files of other machines are found by it.
        Assert.Equal("71cc9cbf79163254bded51eaea9d3839", Hash().ToString());
        Assert.Equal(Hash(), PointHash.Parse(Hash().ToString()));
    }

    [Fact]
    public void The_content_of_an_initial_file_counts()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            PointHash From(string content)
            {
                File.WriteAllText(Path.Combine(folder.FullName, "a.h5"), content);
                var text = Plans.Text($"{{ \"axes\": [{Axis}] }}", Sample.With("\"initial\": \"regions\"", "\"initial\": { \"file\": \"a.h5\" }"));
                return SweepPlan.Parse(text, Path.Combine(folder.FullName, "sample.json"), []).Plan!.Hash(0);
            }

            Assert.Equal(From("one"), From("one"));
            Assert.NotEqual(From("one"), From("two"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Threads_get_the_same_hashes()
    {
        var plan = Plans.Grid(("/boundaries/left/electric/potential", "\"linspace\": [\"-120 mV\", \"60 mV\", 37]"), ("/regions/1/length", "\"linspace\": [\"3 nm\", \"5 nm\", 11]"));
        var hashes = new PointHash[plan.Axes.Count];
        Parallel.For(0, hashes.Length, point => hashes[point] = plan.Hash(point));
        Assert.Equal(Enumerable.Range(0, hashes.Length).Select(plan.Hash), hashes);
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }
}
