using NernstPlanckGpu.Core.Results;
using Spectre.Console;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>
/// A bar on the terminal (standard error), drawn by a thread of its own. It appears only when a run lasts longer than
/// half a second: loading the terminal library costs more than a short run.
/// </summary>
internal sealed class ProgressBar : IProgressDisplay
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.1);

    private readonly ManualResetEventSlim _ended = new();
    private readonly Lock _lock = new();
    private readonly Thread _painter;
    private RunProgress? _latest;

    public ProgressBar()
    {
        _painter = new Thread(WaitThenPaint) { IsBackground = true, Name = "progress" };
        _painter.Start();
    }

    public void Report(RunProgress progress)
    {
        lock (_lock)
            _latest = progress;
    }

    public void Dispose()
    {
        _ended.Set();
        _painter.Join();
        _ended.Dispose();
    }

    private void WaitThenPaint()
    {
        if (!_ended.Wait(s_patience))
            Paint();
    }

    private void Paint()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting", maxValue: 1);
                do
                {
                    if (Latest() is not { } progress)
                        continue;
                    task.Value = progress.Time / progress.End;
                    task.Description = Markup.Escape(ProgressText.Of(progress));
                }
                while (!_ended.Wait(s_interval));
            });
    }

    private RunProgress? Latest()
    {
        lock (_lock)
            return _latest;
    }
}
