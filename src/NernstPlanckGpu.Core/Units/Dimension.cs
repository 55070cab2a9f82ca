namespace NernstPlanckGpu.Core.Units;

/// <summary>Exponents of the SI base units; a product of quantities adds them.</summary>
/// <param name="Metre">Exponent of m.</param>
/// <param name="Kilogram">Exponent of kg.</param>
/// <param name="Second">Exponent of s.</param>
/// <param name="Ampere">Exponent of A.</param>
/// <param name="Kelvin">Exponent of K.</param>
/// <param name="Mole">Exponent of mol.</param>
public readonly record struct Dimension(
    int Metre = 0, int Kilogram = 0, int Second = 0, int Ampere = 0, int Kelvin = 0, int Mole = 0)
{
    /// <summary>Dimension of a product.</summary>
    public static Dimension operator *(Dimension left, Dimension right) => new(
        left.Metre + right.Metre, left.Kilogram + right.Kilogram, left.Second + right.Second,
        left.Ampere + right.Ampere, left.Kelvin + right.Kelvin, left.Mole + right.Mole);

    /// <summary>Dimension of a power.</summary>
    /// <param name="exponent">Exponent.</param>
    public Dimension Power(int exponent) => new(
        Metre * exponent, Kilogram * exponent, Second * exponent, Ampere * exponent, Kelvin * exponent, Mole * exponent);

    /// <summary>In SI base units, such as "kg m^2 s^-3 A^-1"; "1" for a plain number.</summary>
    public override string ToString()
    {
        (string Symbol, int Exponent)[] factors =
            [("kg", Kilogram), ("m", Metre), ("s", Second), ("A", Ampere), ("K", Kelvin), ("mol", Mole)];
        var text = string.Join(' ', factors.Where(factor => factor.Exponent != 0)
            .Select(factor => factor.Exponent == 1 ? factor.Symbol : $"{factor.Symbol}^{factor.Exponent}"));
        return text.Length == 0 ? "1" : text;
    }
}
