using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Names, units and meanings of all datasets, in one place; docs/output.md says the same for readers.</summary>
internal static class RunFileSchema
{
    internal const string Time = "time";
    internal const string Species = "species";
    internal const string X = "x";
    internal const string XFace = "x_face";
    internal const string RegionName = "region_name";
    internal const string Traces = "traces";
    internal const string Theory = "theory";
    internal const string Certificate = "certificate";
    internal const string Result = "result";
    internal const string Membrane = "membrane";
    internal const string Provenance = "provenance";

    /// <summary>Suffix of the dataset that holds a certificate entry's limit.</summary>
    internal const string LimitSuffix = "_limit";

    /// <summary>Suffix of the dataset that holds the run's value beside theory's.</summary>
    internal const string ComputedSuffix = "_computed";

    internal const string EpochUnit = "seconds since 1970-01-01T00:00:00Z";

    internal static readonly Field SpeciesField = new(Species, "1", "species", Species);
    internal static readonly Field XField = new(X, "m", "position of the cell centre, from the left end", X);
    internal static readonly Field XFaceField = new(XFace, "m", "position of the cell face, from the left end", XFace);
    internal static readonly Field RegionNameField = new(RegionName, "1", "name of the region, from left to right", RegionName);
    internal static readonly Field Region = new("region", "1", "index of the cell's region in region_name", X);
    internal static readonly Field Valence = new("valence", "1", "charge number of the species", Species);
    internal static readonly Field Diffusivity = new("diffusivity", "m2 s-1", "bulk diffusivity of the species", Species);

    internal static readonly Field MembranePotential =
        new("membrane_potential", "V", "membrane potential at the end of the run: left end minus right end");
    internal static readonly Field CurrentDensity =
        new("current_density", "A m-2", "total current per reference area at the end of the run, positive from left to right");

    internal static readonly Field CertificateHolds =
        new("holds", "1", "whether every certificate entry is within its limit: 0 no, 1 yes, -1 not known, as before the end");
    internal static readonly Field Outcome = new("outcome", "1", "how the run ended");
    internal static readonly Field Detail =
        new("detail", "1", "where and why the run failed, or how the CPU came to find a steady state for the device; empty where nothing is known beyond the outcome");
    internal static readonly Field Configuration = new("config", "1", "configuration, verbatim, with overrides applied");
    internal static readonly Field Version = new("version", "1", "version of NernstPlanckGpu");
    internal static readonly Field Precision = new("precision", "1", "precision of the arithmetic");
    internal static readonly Field Mode = new("mode", "1", "what was computed: transient, steady, iv or impedance");

    /// <summary>Real numbers of the group provenance that the end of the run fills in.</summary>
    internal static readonly Field TimeReached = new("time_reached", "s", "simulated time reached");
    internal static readonly Field WallTime = new("wall_time", "s", "wall time of the integration");
    internal static readonly Field Started = new("started", EpochUnit, "start of the run");
    internal static readonly Field Finished = new("finished", EpochUnit, "end of the run");

    /// <summary>Counts of the group provenance that the end of the run fills in; -1 until then.</summary>
    internal static readonly Field AcceptedSteps = new("accepted_steps", "1", "accepted steps; -1 until the run ends");
    internal static readonly Field RejectedSteps = new("rejected_steps", "1", "rejected steps; -1 until the run ends");
    internal static readonly Field Evaluations = new("evaluations", "1", "evaluations of the right-hand side; -1 until the run ends");

    /// <summary>How the run was carried on after interruptions.</summary>
    internal static readonly Field Resumptions = new("resumptions", "1", "how many times the run went on from a checkpoint");
    internal static readonly Field Resumed =
        new("resumed", "1", "when the run went on from a checkpoint, ISO 8601 in UTC, separated by spaces; empty where it never did");

    /// <summary>The axis of snapshots or traces.</summary>
    internal static Field Axis(ResultAxis axis) => new(axis.Name, axis.Unit, axis.Meaning, axis.Name);

    /// <summary>One row per snapshot, in the order in which a snapshot is written; the axis comes last.</summary>
    internal static Field[] Snapshot(string axis) =>
    [
        new("concentration", "mol m-3", "concentration", axis, Species, X),
        new("potential", "V", "electric potential at the cell centres", axis, X),
        new(
            "electric_field",
            "V m-1",
            "electric field at the faces, positive towards +x; the mean of both sides where the permittivity jumps",
            axis,
            XFace),
        new("displacement", "C m-2", "electric displacement at the faces, positive towards +x", axis, XFace),
        new("charge_density", "C m-3", "charge density, fixed charge included", axis, X),
        new("flux", "mol m-2 s-1", "flux density through the faces, positive towards +x", axis, Species, XFace),
        new("left_potential", "V", "electric potential of the left end", axis),
        new("right_potential", "V", "electric potential of the right end", axis),
    ];

    /// <summary>Face area: its unit is that of what the totals are counted per.</summary>
    internal static Field FaceArea(Geometry geometry) => geometry switch
    {
        PlanarGeometry { Area: 1 } => new("face_area", "1", "face area per reference area", XFace),
        CylindricalGeometry => new("face_area", "m", "face area per length of the cylinder", XFace),
        _ => new("face_area", "m2", "face area", XFace),
    };

    /// <summary>Cell volume, per what <see cref="FaceArea"/> is per.</summary>
    internal static Field CellVolume(Geometry geometry) => geometry switch
    {
        PlanarGeometry { Area: 1 } => new("cell_volume", "m", "cell volume per reference area", X),
        CylindricalGeometry => new("cell_volume", "m2", "cell volume per length of the cylinder", X),
        _ => new("cell_volume", "m3", "cell volume", X),
    };

    /// <summary>A name that HDF5 and netCDF accept: no slash, not empty, not "." alone.</summary>
    internal static string SafeName(string name)
    {
        string safe = name.Trim().Replace('/', '_').Replace('\0', '_');
        return safe is "" or "." or ".." ? "_" : safe;
    }
}
