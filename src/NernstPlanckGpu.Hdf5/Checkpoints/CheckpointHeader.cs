namespace NernstPlanckGpu.Hdf5.Checkpoints;

/// <summary>What a checkpoint says of its run: all that is needed to set it up again.</summary>
public sealed record CheckpointHeader
{
    /// <summary>Version of the program; only the same one goes on, since another may step otherwise.</summary>
    public string Version { get; init; } = Provenance.ProgramVersion;

    /// <summary>Text of the configuration, overrides applied.</summary>
    public required string Configuration { get; init; }

    /// <summary>Full path of the configuration's file: relative paths in it start at its folder.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>Overrides as given; the text has them already.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Engine as asked for: auto, cpu, …</summary>
    public required string Engine { get; init; }

    /// <summary>Precision as asked for.</summary>
    public required string Precision { get; init; }

    /// <summary>The run is to certify its grid.</summary>
    public bool CertifiesGrid { get; init; }

    /// <summary>Full path of the output when the checkpoint was written; it goes on where the checkpoint lies.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Start of the run, s since 1970, to the bit that the run's file has: so the two belong together.</summary>
    public required double Started { get; init; }
}
