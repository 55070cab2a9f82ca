using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>The entries of certificates: names, units, what was measured, and what to change where one is violated.</summary>
internal static class CertificateEntries
{
    private const string LooserSteps = "lower /time/relativeTolerance, or give a shorter /time/step";

    private const string Report = "no setting mends this: report the configuration, and compare with another engine (--engine cpu)";

    public static CertificateEntry MassDrift(string species, double value) => new($"massDrift_{species}", value, 1e-10, "1",
        "largest relative change of the species' amount in the stack and its reservoirs, which nothing enters or leaves",
        $"{LooserSteps}; with a deep reservoir, a smaller one");

    public static CertificateEntry GaussResidual(double value, double largest) => new("gaussResidual", value, 1e-9 + 1e-9 * largest, "mol m-3",
        "largest difference between the divergence of the displacement over F and the charge of any cell", Report);

    // A step of s stages rounds by some s² ulp: 5e-10 of the concentration with the most stages; twenty times that is a fault.
    public static CertificateEntry GaussDrift(double value, double largest) => new("gaussDrift", value, 1e-9 + 1e-8 * largest, "mol m-3",
        "largest such difference that rounding built up before the displacement was taken from Gauss's law again",
        "write \"integrator\": \"rodas4\", whose displacement follows from the charge, or give a shorter /time/step");

    public static CertificateEntry Negativity(double value) => new("negativity", value, Rkc2.NegativeLimit, "1",
        "most negative concentration over the largest of its species, with its sign turned",
        $"{LooserSteps}; or refine the grid where the concentration is steep");

    public static CertificateEntry ClampResidual(double value) => new("clampResidual", value, 1e-9, "V",
        "largest difference between the potential drop over the stack, from its displacement and permittivities, and the imposed one", Report);

    public static CertificateEntry FluxResidual(double value) => new("fluxResidual", value, 1e-10, "1",
        "largest difference between a flux and that of the concentrations and the field beside its face by its integral form, over what passes there to and fro", Report);

    public static CertificateEntry CurrentUniformity((double Spread, double Limit) measured) => new("currentUniformity", measured.Spread, measured.Limit, "A m-2",
        "largest difference between the total currents, ionic and displacement, through two faces",
        $"{LooserSteps}; a steady state: refine the grid at the membrane's faces");

    public static CertificateEntry ChargeBalance((double Difference, double Limit) measured) => new("chargeBalance", measured.Difference, measured.Limit, "C m-2",
        "largest difference between the charge that the current brought to the left end and the change of the displacement there, over the stretches that the outputs resolve",
        $"{LooserSteps}; or ask for more outputs (/output/traceSamples)");

    public static CertificateEntry FreeEnergyRise(double value, double limit) => new("freeEnergyRise", value, limit, "J m-2",
        "largest rise of the free energy over its lowest value before, in a system that nothing drives", LooserSteps);

    public static CertificateEntry MassCorrection(double value) => new("massCorrection", value, 1e-9, "1",
        "largest relative correction in one step of a conserved amount that the rounding of the linear solve had let drift",
        "give a shorter /time/step, or cells that differ less in size");

    public static CertificateEntry MembraneCharge(double value, double limit, string meaning) => new("membraneCharge", value, limit, "C m-2", meaning, Report);

    public static CertificateEntry SpeciesBudget(string name, double value) => new(name, value, 1e-9, "1",
        "largest difference between the change of the amount on one side of the membrane and what crossed its left face, over the amount", LooserSteps);

    public static CertificateEntry TimeError(double value) => new("timeError", value, double.PositiveInfinity, "1",
        "largest estimated relative error of one step (root mean square); not a number with fixed steps, which estimate none", LooserSteps);

    public static CertificateEntry ContinuityResidual(double value) => new("continuityResidual", value, 1e-9, "1",
        "largest difference between a flux and that of the concentrations beside its face, over what passes there to and fro",
        "refine the grid, or start from a state that is nearer (/initial)");

    public static CertificateEntry GridError(double value, double? tolerance) => new("gridError", value, tolerance ?? double.PositiveInfinity, "V",
        "estimated error of the potential by the grid: four thirds of the largest change when every cell is halved",
        "give a smaller /grid/tolerance, or more cells to the regions with a grid of their own");
}
