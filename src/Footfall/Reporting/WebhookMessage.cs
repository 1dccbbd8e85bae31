using System.Text.Json;

namespace Footfall.Reporting;

/// <summary>
/// The JSON that a webhook is sent: what Slack and Mattermost (<c>text</c>), Discord (<c>content</c>), Gotify, and ntfy
/// with a template (<c>title</c>, <c>message</c>) show, and for programs the numbers themselves. Each of them leaves what
/// is another's.
/// </summary>
public static class WebhookMessage
{
    /// <summary>The bytes of a text: Discord takes 2,000 characters, ntfy 4,096 bytes, Slack 40,000 characters.</summary>
    private const int MaxText = 1900;

    /// <param name="writeDetails">Writes the numbers, as a member of the object: <c>report</c> or <c>opening</c>.</param>
    public static ReadOnlyMemory<byte> Write(Notice notice, Action<Utf8JsonWriter> writeDetails) => ReportJson.WriteObject(json =>
    {
        json.WriteString("text"u8, NoticeText.WriteShort(notice, ForeignText.Slack, MaxText));
        // Slack alone knows it: the text is not to be read as its own markup.
        json.WriteBoolean("mrkdwn"u8, value: false);
        json.WriteString("content"u8, NoticeText.WriteShort(notice, ForeignText.Markdown, MaxText));
        // Discord alone knows it: nobody is to be called.
        json.WriteStartObject("allowed_mentions"u8);
        json.WriteStartArray("parse"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("title"u8, NoticeText.WriteTitle(notice));
        json.WriteString("message"u8, NoticeText.WriteShort(notice, ForeignText.Plain, MaxText));
        writeDetails(json);
    });
}
