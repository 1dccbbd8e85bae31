namespace Footfall.Site;

/// <summary>
/// Words in the one form in which their spellings are equal: no capitals, no accents, no Turkish dots, no hamzas, no
/// nuktas. "PRÉSENT", "present", "EKİM" and "ekim" are written in all these ways.
/// </summary>
internal static class FoldedText
{
    private const string Accented = "àáâãäåāăąçćčďèéêëēęěğìíîïīıľłñńňòóôõöøőřśšşșťţțùúûüůűūýÿźžżأإآٱىة’´`ʼ‘\u0958\u0959\u095A\u095B\u095E";
    private const string Plain = "aaaaaaaaacccdeeeeeeegiiiiiillnnnooooooorsssstttuuuuuuuyyzzzاااايه'''''\u0915\u0916\u0917\u091C\u092B";

    public static string Of(string text) => string.Concat(text.Where(letter => !IsMark(letter)).Select(Fold));

    // The invariant culture has no small letter for the Turkish capital with a dot.
    private static char Fold(char letter)
    {
        var small = letter == 'İ' ? 'i' : char.ToLowerInvariant(letter);
        return char.IsAscii(small) ? small
            : Accented.IndexOf(small, StringComparison.Ordinal) is var place and >= 0 ? Plain[place] : small;
    }

    /// <summary>Combining accents, Arabic vowel signs and elongation, and the nukta of Devanagari.</summary>
    private static bool IsMark(char letter) =>
        letter is (>= '\u0300' and <= '\u036F') or (>= '\u064B' and <= '\u0652') or '\u0640' or '\u093C';
}
