namespace Footfall.Api;

internal static class BadgeStyles
{
    private static readonly (string Name, BadgeStyle Style)[] All =
        [("flat", BadgeStyle.Flat), ("flat-square", BadgeStyle.FlatSquare), ("for-the-badge", BadgeStyle.ForTheBadge)];

    public static IEnumerable<string> Names => All.Select(named => named.Name);

    public static string Name(this BadgeStyle style) => All.Single(named => named.Style == style).Name;

    public static BadgeStyle? Find(string name)
    {
        foreach (var named in All)
        {
            if (named.Name == name)
            {
                return named.Style;
            }
        }

        return null;
    }
}
