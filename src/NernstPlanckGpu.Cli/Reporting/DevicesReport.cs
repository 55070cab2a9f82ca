using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Slurm;
using NernstPlanckGpu.Gpu;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>devices</c> says: the CPU engine, what ILGPU sees, the device of this process among others of a job, the HDF5
/// library, and the packages built without.</summary>
internal sealed class DevicesReport(IReadOnlyList<BackEndReport> backEnds, Hdf5Info hdf5, SlurmEnvironment environment)
{
    private const string HowToUse = "Runs use it with --engine cuda, opencl or simulator, and --device N for another than the first.";

    private readonly OptionalPackage[] missing =
        [.. new[] { BuildFacts.Ilgpu, BuildFacts.HdfPInvoke }.Where(package => !package.IsPresent)];

    public string ToText()
    {
        var text = new StringBuilder();
        if (Terminal.IsOutputRich)
        {
            _ = text.Append(EnginesTable().Render());
        }
        else
        {
            _ = text.AppendLine($"CPU engine: {CpuInfo.Name}, {CpuInfo.Cores} processors");
            foreach ((string lane, string meaning, bool available) in CpuInfo.Lanes)
                _ = text.AppendLine($"  lane {lane,-8}{meaning}{(available ? "" : ": not on this processor")}");
            AppendAccelerators(text);
        }

        if (OfThisProcess() is { } device)
        {
            string rank = environment.LocalRank is { } local ? $"local rank {local.Rank} by {local.Variable}" : "the only one";
            _ = text.AppendLine($"  This process ({rank}) takes {(device.Ordinal is null ? "no CUDA device" : $"CUDA device {device.Name}")}: {device.Reason}");
        }

        _ = text.AppendLine(Hdf5Text());
        foreach (OptionalPackage package in missing)
        {
            _ = text.AppendLine($"Built without {package.Name} {package.Version}: {package.Why}")
                .AppendLine($"  to have it: {package.HowToGet}");
        }

        return text.ToString();
    }

    public JsonObject ToJson() => new()
    {
        ["cpu"] = new JsonObject
        {
            ["name"] = CpuInfo.Name,
            ["processors"] = CpuInfo.Cores,
            ["lanes"] = Json.Strings(CpuInfo.Lanes.Where(lane => lane.Available).Select(lane => lane.Lane)),
        },
        ["gpuEngine"] = new JsonObject { ["computes"] = AcceleratorDiscovery.HasIlgpu, ["ilgpu"] = AcceleratorDiscovery.HasIlgpu },
        ["accelerators"] = new JsonArray([.. backEnds.SelectMany(backEnd => backEnd.Accelerators.Select(ToJson))]),
        ["thisProcess"] = OfThisProcess() is not { } device ? null : new JsonObject
        {
            ["localRank"] = environment.LocalRank?.Rank,
            ["ordinal"] = device.Ordinal,
            ["device"] = device.Ordinal is null ? null : device.Name,
            ["reason"] = device.Reason,
        },
        ["none"] = new JsonObject(backEnds
            .Where(backEnd => backEnd.WhyNone is not null)
            .Select(backEnd => KeyValuePair.Create(DeviceList.EngineOf(backEnd.Kind), (JsonNode?)backEnd.WhyNone))),
        ["hdf5"] = Hdf5Json(),
        ["builtWithout"] = new JsonArray([.. missing.Select(ToJson)]),
    };

    /// <summary>Engines, their lanes and devices, one a row, for a terminal.</summary>
    private TextTable EnginesTable()
    {
        var table = new TextTable("engine", "device", "what it is") { IsAlarming = (column, cell) => column == "what it is" && cell.Contains("unusable", StringComparison.Ordinal) };
        table.Add("cpu", "", $"{CpuInfo.Name}, {CpuInfo.Cores} processors");
        foreach ((string lane, string meaning, bool available) in CpuInfo.Lanes)
            table.Add("", $"lane {lane}", available ? meaning : $"{meaning}: not on this processor");
        if (!AcceleratorDiscovery.HasIlgpu)
        {
            table.Add("gpu", "", "not in this build, which has the CPU engine only (see below for why)");
            return table;
        }

        foreach (BackEndReport backEnd in backEnds)
        {
            string engine = DeviceList.EngineOf(backEnd.Kind);
            if (backEnd.WhyNone is { } why)
                table.Add(engine, "", $"none: {why}");
            for (int device = 0; device < backEnd.Accelerators.Count; device++)
                table.Add(engine, $"{device}", Describe(backEnd.Accelerators[device]));
        }

        return table;
    }

    private void AppendAccelerators(StringBuilder text)
    {
        if (!AcceleratorDiscovery.HasIlgpu)
        {
            _ = text.AppendLine("GPU engine: not in this build, which has the CPU engine only (see below for why)");
            return;
        }

        _ = text.AppendLine($"GPU engine: ILGPU {BuildFacts.Ilgpu.Version}. {HowToUse}");
        foreach (string line in DeviceList.Lines(backEnds, Describe))
            _ = text.AppendLine(line);
    }

    /// <summary>The device by CUDA_VISIBLE_DEVICES and the local rank; null where neither is set.</summary>
    private DeviceRank? OfThisProcess()
    {
        if (environment.VisibleDevices is null && environment.LocalRank is null)
            return null;
        // The driver lists visible devices only: none means none, but some do not tell how many there are besides.
        int seen = backEnds.Where(backEnd => backEnd.Kind == AcceleratorKind.Cuda).Sum(backEnd => backEnd.Accelerators.Count);
        bool isKnown = AcceleratorDiscovery.HasIlgpu && (seen == 0 || environment.VisibleDevices is null);
        return DeviceRank.Choose(environment.VisibleDevices, environment.LocalRank?.Rank ?? 0, isKnown ? seen : null);
    }

    private static string Describe(AcceleratorInfo accelerator)
    {
        string memory = accelerator.MemoryBytes is { } bytes ? $"{bytes / (double)(1 << 30):F1} GiB" : "the host's memory";
        string shared = accelerator.SharedMemoryBytes is { } limit
            ? $"{limit / 1024} KiB shared memory per group"
            : "no limit on shared memory";
        string precision = accelerator.DoublePrecision ? "double precision" + RatesOf(accelerator) : "no double precision";
        string use = accelerator.Unusable is { } why
            ? $"unusable: {why}"
            : $"usable by ILGPU; formulas agree with the CPU to {accelerator.FormulaDifference:0.0e+0}";
        return $"{accelerator.Name} ({accelerator.Driver}): {memory}, {precision}, "
            + $"groups of up to {accelerator.MaximumGroupSize}, {shared}; {use}";
    }

    private static string RatesOf(AcceleratorInfo accelerator)
    {
        if (accelerator.WhyNoRates is { } why) return $" (how quick, could not be measured: {why})";
        if (accelerator.Rates is not { } rates) return "";
        string advice = rates.Ratio < PrecisionRates.LeastForDouble ? "; --precision mixed may be quicker with euler and rkc2" : "";
        return string.Create(CultureInfo.InvariantCulture, $" at {rates.InDouble / 1e9:#,0} Gflop/s ({rates.Ratio:0.###} of single){advice}");
    }

    private static JsonNode? ToJson(AcceleratorInfo accelerator, int index) => new JsonObject
    {
        ["engine"] = DeviceList.EngineOf(accelerator.Kind),
        ["device"] = index,
        ["name"] = accelerator.Name,
        ["driver"] = accelerator.Driver,
        ["memoryBytes"] = accelerator.MemoryBytes,
        ["doublePrecision"] = accelerator.DoublePrecision,
        ["doubleOperationsPerSecond"] = accelerator.Rates?.InDouble,
        ["singleOperationsPerSecond"] = accelerator.Rates?.InSingle,
        ["whyNoRates"] = accelerator.WhyNoRates,
        ["maximumGroupSize"] = accelerator.MaximumGroupSize,
        ["sharedMemoryBytes"] = accelerator.SharedMemoryBytes,
        ["warpSize"] = accelerator.WarpSize,
        ["multiprocessors"] = accelerator.Multiprocessors,
        ["formulaDifference"] = accelerator.FormulaDifference,
        ["unusable"] = accelerator.Unusable,
    };

    private static JsonNode? ToJson(OptionalPackage package) => new JsonObject
    {
        ["package"] = package.Name,
        ["version"] = package.Version,
        ["reason"] = package.Why,
        ["remedy"] = package.HowToGet,
    };

    private string Hdf5Text() => hdf5.Problem is { } problem
        ? $"HDF5: {problem}"
        : $"HDF5: library {hdf5.Version}{(hdf5.Path is { } path ? $" ({path})" : "")}, {hdf5.Bindings}";

    private JsonObject Hdf5Json() => new()
    {
        ["version"] = hdf5.Version,
        ["path"] = hdf5.Path,
        ["bindings"] = hdf5.Bindings,
        ["problem"] = hdf5.Problem,
    };
}
