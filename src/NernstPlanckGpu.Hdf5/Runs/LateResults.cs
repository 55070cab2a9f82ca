using HDF.PInvoke;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// What can be written only once the file is closed and may get new objects: results that the layout had not announced, and
/// text, whose length nobody knows beforehand.
/// </summary>
internal static class LateResults
{
    /// <summary>Adds them to a closed file; does not open it when there are none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="summary">How the run ended.</param>
    /// <param name="announced">The places that the layout announced.</param>
    internal static void Add(FileContext file, RunSummary summary, ResultSlots announced)
    {
        TheoryEntry[] theory = [.. summary.Theory.Where(entry => !announced.Has(entry))];
        CertificateEntry[] certificate = [.. summary.Certificate.Where(entry => !announced.Has(entry))];
        ResultEntry[] results = [.. summary.Results.Where(entry => !announced.Has(entry))];
        if (theory.Length + certificate.Length + results.Length == 0 && summary.Detail == null)
            return;
        Handle root = RunFileAccess.OpenToWrite(file);
        DatasetFactory factory = new(file, root);
        using (ResultSlots slots = new(file, factory))
        {
            foreach (TheoryEntry entry in theory)
                slots.CreateTheory(new ResultColumn(entry.Name, entry.Unit, entry.Meaning));
            foreach (CertificateEntry entry in certificate)
                slots.CreateCertificate(new ResultColumn(entry.Name, entry.Unit, entry.Meaning, entry.Remedy));
            foreach (ResultEntry entry in results)
                slots.CreateResult(new ResultColumn(entry.Name, entry.Unit, entry.Meaning));
            slots.FillEntries(summary);
            if (summary.Detail != null)
                factory.ReplaceText("/" + RunFileSchema.Provenance, RunFileSchema.Detail, summary.Detail);
            file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "write the results");
        }
        file.Check(root.Close() ? 0 : -1, "close the file");
    }
}
