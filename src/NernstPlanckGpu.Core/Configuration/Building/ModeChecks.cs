using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that what a mode needs is there, and that nothing of another mode is.</summary>
internal sealed class ModeChecks(RawConfiguration raw, ReadContext context)
{
    /// <summary>Whether the mode integrates in time; null when that cannot be told.</summary>
    private bool? HasTime => raw.Mode switch
    {
        { IsValid: false } => null,
        { Value: RunMode.Transient } => true,
        { Value: RunMode.CurrentVoltage } => raw.CurrentVoltage.Value is { } curve ? curve.Protocol == CurrentVoltageProtocol.Step : null,
        _ => false,
    };

    private string Mode => $"the mode \"{ModeKeys.Word(raw.Mode.Value)}\""
        + (raw.Mode.Value == RunMode.CurrentVoltage ? " with the protocol \"steady\"" : "");

    /// <summary>Keys of a mode: there with it, and only with it.</summary>
    public void CheckKeys()
    {
        if (!raw.Mode.IsValid)
            return;
        CheckKey(RunMode.CurrentVoltage, raw.CurrentVoltage.Node, "\"iv\": {\"voltages\": {\"linspace\": [\"-120 mV\", \"60 mV\", 37]}}");
        CheckKey(RunMode.Impedance, raw.Impedance.Node, "\"impedance\": {\"frequencies\": {\"logspace\": [\"10 mHz\", \"1 GHz\", 56]}}");
        if (raw.Mode.Value == RunMode.Impedance)
            CheckSmallSignal();
    }

    /// <summary>The time settings: those that are written, or an end at 0 where there is no time; null when they are wrong.</summary>
    public TimeSettings? Time()
    {
        if (HasTime == false)
        {
            if (raw.Time.Node is { } refused)
                context.Report(refused, $"{Mode} replaces time", "remove it");
            return new() { End = 0 };
        }

        if (HasTime == true && raw.Time is { IsPresent: false })
            context.Report(raw.Node, "the key \"time\" is missing", "write \"time\": {\"end\": \"10 us\"}");
        return raw.Time.Value;
    }

    /// <summary>The output settings; null when they are wrong.</summary>
    public OutputSettings? Output(TimeSettings? time) => HasTime == false
        ? OutputTimes.None(raw.Output, Mode, context)
        : time is null ? null : OutputTimes.Build(raw.Output, time.End, context);

    private void CheckSmallSignal()
    {
        if (raw.Activity is { Value.Kind: not ActivityKind.Ideal, Node: { } activity })
            context.Report(activity, "the impedance with activity coefficients is not computed in this version", "write \"ideal\", or another \"mode\"");
    }

    private void CheckKey(RunMode mode, ConfigurationNode? node, string example)
    {
        var word = ModeKeys.Word(mode);
        if (raw.Mode.Value == mode && node is null)
            context.Report(raw.Mode.Node!, $"the mode \"{word}\" needs the key \"{word}\"", $"write {example}");
        else if (raw.Mode.Value != mode && node is not null)
        {
            context.Report(node, $"\"{word}\" has no use in the mode \"{ModeKeys.Word(raw.Mode.Value)}\"",
                $"write \"mode\": \"{word}\", or remove this key");
        }
    }
}
