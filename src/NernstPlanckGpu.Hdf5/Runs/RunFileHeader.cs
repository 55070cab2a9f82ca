using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>What a file says of its making: attributes of the root, texts of the group provenance.</summary>
internal static class RunFileHeader
{
    /// <summary>CF and NeXus attributes of the root.</summary>
    internal static void WriteAttributes(FileContext file, long root, RunLayout layout, Provenance provenance)
    {
        string program = $"NernstPlanckGpu {provenance.Version}";
        string started = provenance.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
        Attributes.Write(file, root, "Conventions", "CF-1.10");
        Attributes.Write(file, root, "title", layout.Configuration.Title);
        string equations = "one-dimensional Poisson-Nernst-Planck equations";
        Attributes.Write(file, root, "source", $"{program}: {equations}; {layout.Engine}; {layout.Integrator}");
        Attributes.Write(file, root, "history", $"{started} {provenance.CommandLine}");
        Attributes.Write(file, root, "references", "docs/output.md and docs/theory.md of NernstPlanckGpu");
        Attributes.Write(file, root, "comment", "left is inside, right is outside; fluxes and currents count positive from left to right");
        Attributes.Write(file, root, "creator", program);
        Attributes.Write(file, root, "file_time", started);
        Attributes.Write(file, root, "HDF5_Version", Hdf5Library.Version.ToString());
    }

    /// <summary>Who computed, how and where; the group exists.</summary>
    internal static void WriteProvenance(DatasetFactory factory, RunLayout layout, string source, Provenance provenance)
    {
        const string path = "/" + RunFileSchema.Provenance;
        factory.Text(path, RunFileSchema.Configuration, source);
        factory.Text(path, RunFileSchema.Mode, layout.Configuration.Mode.Name());
        factory.Text(path, RunFileSchema.Version, provenance.Version);
        factory.Text(path, new Field("engine", "1", "engine that computed the run"), layout.Engine);
        factory.Text(path, new Field("device", "1", "device that computed the run"), provenance.Device);
        factory.Text(path, RunFileSchema.Precision, provenance.Precision);
        factory.Text(path, new Field("integrator", "1", "time integrator, and why when it was chosen automatically"), layout.Integrator);
        factory.Text(path, new Field("command_line", "1", "the command as typed"), provenance.CommandLine);
        factory.Text(path, new Field("host", "1", "name of the machine"), provenance.Host);
    }
}
