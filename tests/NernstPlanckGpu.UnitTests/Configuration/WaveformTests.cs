using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

public class WaveformTests
{
    public static TheoryData<Waveform> Cornered =>
    [
        new StepWaveform(0, 1, 1e-6),
        new PulseWaveform(0, 1, 1e-6, 2e-6),
        new PulseWaveform(0, 1, 0, 1e-7, 3e-7),
        new PulseWaveform(0, 1, 0.1, 0.1, 0.3),
        new PulseWaveform(0, 1, 1e-3, 1e-6, 1e-6 * (1 + 1e-15)),
        new RampWaveform(-1, 1, 0.1, 0.7),
        new TriangleWaveform(-0.1, 0.2, 1e-7),
        new TriangleWaveform(-0.1, 0.2, 0.1, 0.3),
        new TableWaveform([0.1, 0.2, 0.7], [1, -1, 5]),
    ];

    [Theory]
    [MemberData(nameof(Cornered))]
    public void Corners_strictly_ascend_and_start_the_next_piece(Waveform waveform)
    {
        var time = -1.0;
        for (var i = 0; i < 10_000; i++)
        {
            var corner = waveform.NextCorner(time);
            if (double.IsPositiveInfinity(corner))
                break;
            Assert.True(corner > time);
            Assert.Equal(corner, waveform.NextCorner(Math.BitDecrement(corner)));
            Assert.NotEqual(waveform.PieceFrom(Math.BitDecrement(corner)), waveform.PieceFrom(corner));
            Assert.Equal(corner, waveform.PieceFrom(corner).Origin);
            time = corner;
        }

        Assert.True(time > 0);
    }

    [Theory]
    [InlineData(1e-7, 0)]
    [InlineData(1.0 / 3, 0.1)]
    [InlineData(7e-9, 1e-3)]
    public void Corners_advance_after_a_million_periods_too(double period, double start)
    {
        Waveform[] waveforms = [new TriangleWaveform(0, 1, period, start), new PulseWaveform(0, 1, start, period * 0.3, period)];
        foreach (var waveform in waveforms)
        {
            var time = start + 1_000_000 * period;
            var value = waveform.At(waveform.NextCorner(time));
            for (var i = 0; i < 1000; i++)
            {
                var corner = waveform.NextCorner(time);
                Assert.True(corner > time);
                Assert.True(corner - time < period);
                Assert.Equal(corner, waveform.PieceFrom(corner).Origin);
                if (i > 0)
                    Assert.Equal(1 - value, waveform.At(corner));
                value = waveform.At(corner);
                time = corner;
            }
        }
    }

    [Fact]
    public void Corners_closer_than_the_rounding_of_time_still_advance()
    {
        var waveform = new TriangleWaveform(0, 1, 1e-20);
        Assert.True(waveform.NextCorner(1) > 1);
        Assert.InRange(waveform.At(1), 0, 1);
    }

    [Fact]
    public void Step_is_continuous_from_the_right()
    {
        var step = new StepWaveform(1, 2, 0.5);
        Assert.Equal(1, step.At(Math.BitDecrement(0.5)));
        Assert.Equal(2, step.At(0.5));
        Assert.Equal(0.5, step.NextCorner(0));
        Assert.Equal(double.PositiveInfinity, step.NextCorner(0.5));
        Assert.Equal(2, new StepWaveform(1, 2, 0).At(0));
    }

    [Fact]
    public void Pulse_repeats()
    {
        var pulse = new PulseWaveform(-1, 1, 1, 2, 10);
        Assert.Equal(-1, pulse.At(0.9));
        Assert.Equal(1, pulse.At(1));
        Assert.Equal(1, pulse.At(2.9));
        Assert.Equal(-1, pulse.At(3));
        Assert.Equal(1, pulse.At(11));
        Assert.Equal(-1, pulse.At(13));
        Assert.Equal(11, pulse.NextCorner(3));
        Assert.Equal(double.PositiveInfinity, new PulseWaveform(-1, 1, 1, 2).NextCorner(3));
    }

    [Fact]
    public void Ramp_triangle_sine_and_table_have_their_values_and_rates()
    {
        var ramp = new RampWaveform(1, 3, 1, 2);
        Assert.Equal([1, 1, 2, 3, 3], new[] { 0, 1, 1.5, 2, 9 }.Select(ramp.At));
        Assert.Equal(2, ramp.PieceFrom(1).RateAt(1.5));

        var triangle = new TriangleWaveform(-1, 1, 4, 1);
        Assert.Equal([-1, -1, 0, 1, 0, -1, 0], new double[] { 0, 1, 2, 3, 4, 5, 6 }.Select(triangle.At));

        var sine = new SineWaveform(1, 2, 0.25, Math.PI / 2);
        Assert.Equal(3, sine.At(0), 1e-15);
        Assert.Equal(1, sine.At(1), 1e-15);
        Assert.Equal(double.PositiveInfinity, sine.NextCorner(0));

        var table = new TableWaveform([1, 2, 4], [1, 2, -2]);
        Assert.Equal([1, 1, 1.5, 2, 0, -2, -2], new[] { 0, 1, 1.5, 2, 3, 4, 5 }.Select(table.At));
        Assert.Equal(5, new TableWaveform([1], [5]).At(0));
    }
}
