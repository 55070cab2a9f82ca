namespace NernstPlanckGpu.PlantedFaults.Faults;

/// <summary>All faults.</summary>
public static class PlantedFaultList
{
    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<PlantedFault> All { get; } = [.. FluxFaults.All, .. FieldFaults.All, .. TimeFaults.All, .. MembraneFaults.All];
}
