using System.Globalization;
using NernstPlanckGpu.PlantedFaults;
using NernstPlanckGpu.PlantedFaults.Faults;

// check ROOT: every fault can be planted. run ROOT [NAME…]: builds and probes the control and the faults whose names contain a NAME.
// probe ROOT SECONDS: what a mutant does.
switch (args)
{
    case ["probe", string root, string seconds]:
        new Probe(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))).Run(root);
        return 0;
    case ["check", string root]:
        return FaultReport.Check(root);
    case ["run", string root, .. string[] names]:
        PlantedFault[] chosen = [.. PlantedFaultList.All.Where(fault => names.Length == 0 || names.Any(name => fault.Name.Contains(name, StringComparison.Ordinal)))];
        return FaultReport.Run(root, chosen);
    default:
        Console.Error.WriteLine("usage: planted faults: check ROOT | run ROOT [NAME...] | probe ROOT SECONDS");
        return 2;
}
