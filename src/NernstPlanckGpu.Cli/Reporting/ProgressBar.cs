using Spectre.Console;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>
/// A bar on the terminal (standard error), drawn by a thread of its own. It appears only when a run lasts longer than
/// half a second: loading the terminal library costs more than a short run.
/// </summary>
internal sealed class ProgressBar : IProgressDisplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    private readonly ManualResetEventSlim ended = new();
    private readonly Lock gate = new();
    private readonly Thread painter;
    private ProgressLine? latest;

    public ProgressBar()
    {
        painter = new Thread(WaitThenPaint) { IsBackground = true, Name = "progress" };
        painter.Start();
    }

    public void Report(ProgressLine progress)
    {
        lock (gate)
            latest = progress;
    }

    public void Dispose()
    {
        ended.Set();
        painter.Join();
        ended.Dispose();
    }

    private void WaitThenPaint()
    {
        if (!ended.Wait(Patience))
            Paint();
    }

    private void Paint()
    {
        bool plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
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
                    task.Value = progress.Fraction;
                    task.Description = Markup.Escape(progress.Text);
                }
                while (!ended.Wait(Interval));
            });
    }

    private ProgressLine? Latest()
    {
        lock (gate)
            return latest;
    }
}
