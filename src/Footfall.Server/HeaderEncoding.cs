using System.Text;
using Microsoft.Net.Http.Headers;

namespace Footfall.Server;

/// <summary>
/// How the bytes of fields become text. They are what they are, whatever a program has put into its cookie (RFC 9110,
/// section 5.5), so each byte is a character.
/// </summary>
internal static class HeaderEncoding
{
    private static readonly Encoding Length = new LengthEncoding();

    /// <summary>For <c>KestrelServerOptions.RequestHeaderEncodingSelector</c>.</summary>
    public static Encoding Of(string name) =>
        name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Length : Encoding.Latin1;

    /// <summary>
    /// Kestrel parses the text of a length as a number, which may have a plus sign. A length is digits (RFC 9110, section
    /// 8.6), and where two programs read one in two ways a request can be smuggled: the sign is made no sign.
    /// </summary>
    private sealed class LengthEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => Latin1.GetCharCount(bytes, index, count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            var count = Latin1.GetChars(bytes, chars);
            chars[..count].Replace('+', '?');
            return count;
        }

        public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => Latin1.GetMaxCharCount(byteCount);
    }
}
