using Spectre.Console;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>
/// A live panel on the terminal (standard error), drawn by a thread of its own. It appears only when a run lasts longer than
/// half a second: loading the terminal library costs more than a short run. It is gone when the run has ended, and the cursor is back.
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
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = Terminal.HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        // A process that ends without coming back here would leave the terminal without a cursor.
        void ShowCursor(object? sender, EventArgs e) => console.Cursor.Show();
        AppDomain.CurrentDomain.ProcessExit += ShowCursor;
        try
        {
            Text nothing = new("");
            console.Live(nothing).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(context =>
            {
                do
                {
                    int width = Terminal.Width;
                    console.Profile.Width = width;
                    context.UpdateTarget(ProgressPanel.Of(Latest(), width, Terminal.IsUnicode));
                    context.Refresh();
                }
                while (!ended.Wait(Interval));
            });
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= ShowCursor;
            console.Cursor.Show();
        }
    }

    private ProgressLine? Latest()
    {
        lock (gate)
            return latest;
    }
}
