using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Thinning;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Report;

/// <summary>What a page keeps where not all fits.</summary>
public class ThinningTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(5, 9)]
    [InlineData(443, 2)]
    [InlineData(443, 17)]
    [InlineData(100_001, 5003)]
    public void Even_choice_is_sorted_distinct_and_keeps_both_ends(int count, int most)
    {
        int[] kept = Choice.Even(count, most);
        Assert.Equal(Math.Min(count, most), kept.Length);
        Assert.Equal(kept.Distinct().Order(), kept);
        Assert.Equal(0, kept[0]);
        Assert.Equal(count - 1, kept[^1]);
        for (int i = 1; i < kept.Length; i++)
            Assert.InRange(kept[i] - kept[i - 1], 1, (count / Math.Max(1, kept.Length - 1)) + 1);
    }

    [Theory]
    [InlineData(443, 30)]
    [InlineData(443, 4)]
    [InlineData(443, 443)]
    [InlineData(7, 100)]
    public void Cells_beside_interfaces_stay(int count, int most)
    {
        double[] region = [.. Enumerable.Range(0, count).Select(cell => (double)(cell * 3 / count))];
        int[] kept = Choice.Cells(region, most);
        Assert.Equal(kept.Distinct().Order(), kept);
        Assert.Contains(0, kept);
        Assert.Contains(count - 1, kept);
        for (int cell = 1; cell < count; cell++)
        {
            if (region[cell] != region[cell - 1])
            {
                Assert.Contains(cell, kept);
                Assert.Contains(cell - 1, kept);
            }
        }

        Assert.Equal(Math.Min(count, Math.Max(most, 6)), kept.Length);
    }

    [Fact]
    public void Samples_keep_the_peaks_of_every_trace()
    {
        double[] flat = [.. Enumerable.Range(0, 10_007).Select(i => i == 7331 ? 40.0 : -70)], other = [.. Enumerable.Range(0, 10_007).Select(i => i == 1234 ? -3.0 : 1)];
        int[] kept = Choice.Samples([flat, other], 100);
        Assert.InRange(kept.Length, 2, 100);
        Assert.Contains(7331, kept);
        Assert.Contains(1234, kept);
        Assert.Equal(0, kept[0]);
        Assert.Equal(10_006, kept[^1]);
    }

    [Fact]
    public void All_is_kept_in_double_precision_where_it_fits()
    {
        var size = new ProfileSize(12, 50, 143, 10);
        Assert.Equal(new Detail(12, 50, 143, false), Detail.Choose(size, 50_000_000, NumberArray.BytesEach));
    }

    [Theory]
    [InlineData(1, 1000, 5000, 10)]
    [InlineData(10_000, 1, 160, 5)]
    [InlineData(11_000, 2, 1500, 4)]
    [InlineData(3, 7, 11, 2)]
    public void What_is_chosen_fits_and_grows_with_the_room(int points, int places, int cells, int values)
    {
        var size = new ProfileSize(points, places, cells, values);
        double before = 0;
        for (long room = 1000; room < 40_000_000; room = room * 3 / 2)
        {
            if (Detail.Choose(size, room, NumberArray.BytesEach) is not { } detail)
            {
                Assert.Equal(0, before);
                continue;
            }

            double bytes = (double)detail.Points * detail.Places * detail.Cells * values * NumberArray.BytesEach(detail.Single);
            Assert.InRange(bytes, 0, room);
            Assert.InRange(detail.Points, 1, points);
            before = bytes;
        }

        Assert.True(before > 0);
    }

    [Fact]
    public void Points_come_before_their_detail()
    {
        Detail detail = Detail.Choose(new ProfileSize(11_000, 40, 1500, 4), 15_000_000, NumberArray.BytesEach)!.Value;
        Assert.True(detail.Points >= Detail.WantedPoints);
        Assert.True(detail.Single);
    }

    [Fact]
    public void Single_precision_is_taken_where_it_holds_the_numbers()
    {
        Assert.True(NumberArray.FitsSingle([0, 1e-30, -3e30, double.NaN, double.PositiveInfinity]));
        Assert.False(NumberArray.FitsSingle([1, 1e-40]));
        Assert.False(NumberArray.FitsSingle([1, -1e39]));
        Assert.True(NumberArray.Of([1, 2], single: true).ContainsKey("f32"));
        Assert.True(NumberArray.Of([1, 1e-40], single: true).ContainsKey("f64"));
    }
}
