#if WITH_ILGPU
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Kernels.Implicit;

namespace NernstPlanckGpu.Gpu.Implicit;

/// <summary>The spans between corners of every problem's waveforms, some ahead of the device: their ends, and the pieces that hold in them.</summary>
internal sealed class SpanTable(ImplicitGroup group, ProblemControl[] controls)
{
    private readonly double[] filledFrom = new double[controls.Length];

    /// <summary>Writes the spans of a problem from a time on; the first holds then.</summary>
    public void Fill(int k, double time)
    {
        ImplicitLayout layout = group.Layout;
        var drives = new EndDrives(controls[k].Problem, group.Shape.Order);
        var pieces = new double[layout.SegmentLength - 1];
        filledFrom[k] = time;
        int count = 0;
        for (double from = time; count < layout.Segments && double.IsFinite(from); count++)
        {
            from = drives.Enter(from);
            drives.CopyTo(pieces);
            int first = layout.Pieces + count * layout.SegmentLength;
            group.At(first, k) = from;
            for (int i = 0; i < pieces.Length; i++) group.At(first + 1 + i, k) = pieces[i];
        }
        unsafe
        {
            fixed (double* at = &group.ControlOf(k))
            {
                ImplicitControl control = ImplicitControl.Load(at, ImplicitLayout.Tile);
                (control.Segment, control.Segments) = (0, count);
                control.Store(at, ImplicitLayout.Tile);
            }
        }
    }

    /// <summary>Start and end of a span.</summary>
    public (double Entered, double Corner) Span(int k, int segment)
    {
        int first = group.Layout.Pieces + segment * group.Layout.SegmentLength;
        return (segment == 0 ? filledFrom[k] : group.At(first - group.Layout.SegmentLength, k), group.At(first, k));
    }
}
#endif
