namespace Footfall.Counting;

/// <summary>
/// The sites that a visit's source may name: where people look for people (networks, search, mail, job boards, applicant
/// systems). A bounded list: whatever is not on it is never stored, because a host can name a person's intranet.
/// </summary>
/// <remarks>
/// The public lists were looked at (docs/decisions/0006-links-and-sources.md): they are lists of search engines of 2010, and have
/// neither job boards nor applicant systems.
/// </remarks>
internal static class KnownSites
{
    // Sites that have an address in many countries: google.de, indeed.co.uk, yahoo.com.br.
    private static readonly string[] UnderEveryCountry = ["google", "yahoo", "yandex", "indeed", "glassdoor", "monster", "stepstone"];

    /// <summary>The site that a host belongs to; null when it is none of the list.</summary>
    /// <param name="host">As a browser writes it: lower case, or an Android app's package name.</param>
    public static string? Find(string host)
    {
        for (var name = host; ; name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if ((NameOf(name) ?? NameInAnyCountry(name)) is { } site)
            {
                return site;
            }

            if (!name.Contains('.', StringComparison.Ordinal))
            {
                return null;
            }
        }
    }

    private static string? NameInAnyCountry(string host)
    {
        var labels = host.Split('.');
        var isUnderCountry = labels switch
        {
            [_, { Length: 2 }] => true,
            [_, "co" or "com", { Length: 2 }] => true,
            _ => false,
        };
        return isUnderCountry && UnderEveryCountry.Contains(labels[0], StringComparer.Ordinal) ? labels[0] : null;
    }

    private static string? NameOf(string host) => host switch
    {
        // Networks, and where people write and show work
        "linkedin.com" or "lnkd.in" or "com.linkedin.android" => "linkedin",
        "xing.com" or "com.xing.android" => "xing",
        "github.com" or "com.github.android" => "github",
        "gitlab.com" => "gitlab",
        "codeberg.org" => "codeberg",
        "bitbucket.org" => "bitbucket",
        "stackoverflow.com" or "stackexchange.com" or "superuser.com" or "serverfault.com" => "stackoverflow",
        "facebook.com" or "fb.com" or "fb.me" or "messenger.com" or "com.facebook.katana" => "facebook",
        "instagram.com" or "com.instagram.android" => "instagram",
        "threads.net" or "threads.com" => "threads",
        "x.com" or "twitter.com" or "t.co" or "com.twitter.android" => "x",
        "bsky.app" or "bsky.social" => "bluesky",
        "mastodon.social" or "mastodon.online" or "mastodon.world" or "mstdn.social" or "mas.to" or "fosstodon.org"
            or "hachyderm.io" or "infosec.exchange" or "chaos.social" or "techhub.social" => "mastodon",
        "reddit.com" or "redd.it" or "com.reddit.frontpage" => "reddit",
        "news.ycombinator.com" => "hackernews",
        "lobste.rs" => "lobsters",
        "producthunt.com" => "producthunt",
        "youtube.com" or "youtu.be" or "com.google.android.youtube" => "youtube",
        "tiktok.com" => "tiktok",
        "pinterest.com" => "pinterest",
        "medium.com" => "medium",
        "dev.to" => "devto",
        "hashnode.com" or "hashnode.dev" => "hashnode",
        "substack.com" => "substack",
        "quora.com" => "quora",
        "zhihu.com" => "zhihu",
        "weibo.com" or "weibo.cn" => "weibo",
        "vk.com" or "vk.ru" => "vk",
        "behance.net" => "behance",
        "dribbble.com" => "dribbble",
        "codepen.io" => "codepen",
        "kaggle.com" => "kaggle",
        "huggingface.co" => "huggingface",
        "researchgate.net" => "researchgate",
        "academia.edu" => "academia",
        "orcid.org" => "orcid",
        "wikipedia.org" => "wikipedia",
        "linktr.ee" => "linktree",
        "notion.so" or "notion.site" => "notion",

        // Messengers
        "discord.com" or "discordapp.com" => "discord",
        "slack.com" or "com.slack" => "slack",
        "teams.microsoft.com" or "teams.live.com" or "teams.cdn.office.net" => "teams",
        "t.me" or "telegram.org" or "org.telegram.messenger" => "telegram",
        "whatsapp.com" or "wa.me" or "com.whatsapp" => "whatsapp",
        "signal.org" => "signal",

        // Mail
        "mail.google.com" or "com.google.android.gm" => "gmail",
        "outlook.com" or "outlook.live.com" or "outlook.office.com" or "outlook.office365.com" => "outlook",
        "mail.yahoo.com" => "yahoo-mail",
        "mail.proton.me" => "proton",
        "fastmail.com" => "fastmail",
        "gmx.net" or "gmx.de" or "gmx.at" or "gmx.ch" or "gmx.com" => "gmx",
        "web.de" => "web.de",

        // Search, and answers
        "google.com" or "com.google.android.googlequicksearchbox" => "google",
        "gemini.google.com" => "gemini",
        "scholar.google.com" => "google-scholar",
        "bing.com" => "bing",
        "duckduckgo.com" or "com.duckduckgo.mobile.android" => "duckduckgo",
        "yahoo.com" => "yahoo",
        "ya.ru" or "yandex.com" => "yandex",
        "baidu.com" => "baidu",
        "ecosia.org" => "ecosia",
        "startpage.com" => "startpage",
        "qwant.com" => "qwant",
        "search.brave.com" => "brave",
        "kagi.com" => "kagi",
        "naver.com" => "naver",
        "seznam.cz" => "seznam",
        "sogou.com" => "sogou",
        "chatgpt.com" or "chat.openai.com" => "chatgpt",
        "claude.ai" => "claude",
        "perplexity.ai" => "perplexity",
        "copilot.microsoft.com" => "copilot",

        // Job boards
        "indeed.com" => "indeed",
        "glassdoor.com" => "glassdoor",
        "monster.com" => "monster",
        "ziprecruiter.com" => "ziprecruiter",
        "dice.com" => "dice",
        "wellfound.com" or "angel.co" => "wellfound",
        "workatastartup.com" or "ycombinator.com" => "ycombinator",
        "welcometothejungle.com" or "otta.com" => "welcometothejungle",
        "hired.com" => "hired",
        "builtin.com" => "builtin",
        "levels.fyi" => "levels.fyi",
        "careerbuilder.com" => "careerbuilder",
        "simplyhired.com" => "simplyhired",
        "adzuna.com" => "adzuna",
        "flexjobs.com" => "flexjobs",
        "weworkremotely.com" => "weworkremotely",
        "remoteok.com" or "remoteok.io" => "remoteok",
        "kununu.com" => "kununu",
        "arbeitsagentur.de" => "arbeitsagentur",
        "jobs.ch" => "jobs.ch",
        "karriere.at" => "karriere.at",
        "reed.co.uk" => "reed",
        "totaljobs.com" => "totaljobs",
        "cv-library.co.uk" => "cv-library",
        "infojobs.net" or "infojobs.it" => "infojobs",
        "francetravail.fr" => "francetravail",
        "apec.fr" => "apec",
        "pracuj.pl" => "pracuj",
        "justjoin.it" => "justjoinit",
        "nofluffjobs.com" => "nofluffjobs",
        "djinni.co" => "djinni",
        "hh.ru" => "headhunter",
        "seek.com.au" or "seek.co.nz" => "seek",
        "naukri.com" => "naukri",
        "jobstreet.com" => "jobstreet",
        "upwork.com" => "upwork",
        "fiverr.com" => "fiverr",
        "freelancer.com" => "freelancer",
        "toptal.com" => "toptal",
        "malt.com" or "malt.fr" or "malt.de" => "malt",

        // Applicant systems
        "greenhouse.io" => "greenhouse",
        "lever.co" => "lever",
        "ashbyhq.com" => "ashby",
        "workable.com" => "workable",
        "myworkdayjobs.com" or "myworkday.com" or "workday.com" => "workday",
        "smartrecruiters.com" => "smartrecruiters",
        "teamtailor.com" => "teamtailor",
        "personio.de" or "personio.com" => "personio",
        "recruitee.com" => "recruitee",
        "bamboohr.com" => "bamboohr",
        "icims.com" => "icims",
        "taleo.net" or "oraclecloud.com" => "oracle",
        "successfactors.com" or "successfactors.eu" or "sapsf.com" or "sapsf.eu" => "successfactors",
        "jobvite.com" => "jobvite",
        "breezy.hr" => "breezy",
        "bullhornstaffing.com" => "bullhorn",
        "softgarden.io" or "softgarden.de" => "softgarden",
        "applytojob.com" => "jazzhr",
        "rippling.com" => "rippling",
        "pinpointhq.com" => "pinpoint",
        "comeet.com" or "comeet.co" => "comeet",
        "gem.com" => "gem",
        "join.com" => "join",
        "zohorecruit.com" or "zohorecruit.eu" => "zoho-recruit",
        "avature.net" => "avature",
        "eightfold.ai" => "eightfold",
        "phenompeople.com" => "phenom",
        "dayforcehcm.com" => "dayforce",
        "ultipro.com" => "ukg",
        _ => null,
    };
}
