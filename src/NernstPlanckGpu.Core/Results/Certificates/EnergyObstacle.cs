namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>What keeps a problem from having a free energy that can only fall.</summary>
internal enum EnergyObstacle
{
    /// <summary>Nothing: it has one.</summary>
    None,

    /// <summary>Mechanisms of the membrane do work.</summary>
    Mechanisms,

    /// <summary>Sources bring ions.</summary>
    Sources,

    /// <summary>An end has a waveform, a flux or a current, or passes ions behind a Stern layer.</summary>
    DrivingEnd,

    /// <summary>A species has a bath at both ends, so that it may flow for ever.</summary>
    BathsAtBothEnds,

    /// <summary>The activity model has no free energy, or reservoirs have none of it.</summary>
    ActivityCoefficients,
}
