namespace Footfall.Counting;

/// <summary>
/// The sites that a visit's source may name: where people look for people (networks, search, mail, job boards, applicant
/// systems). A bounded list: whatever is not on it is never stored, because a host can name a person's intranet.
/// </summary>
/// <remarks>
/// Why no public list: docs/decisions/0008-links-and-sources.md. A name is stored, and never given another meaning. An entry
/// of an export has room for all of them: <see cref="Transfer.LedgerEntry.MaxSources"/>.
/// </remarks>
internal static class KnownSites
{
    // The longest name on the list. Of a host that has more labels only the last ones are looked at.
    private const int MaxLabels = 4;

    // Sites that have an address in many countries: google.de, indeed.co.uk, yahoo.com.br.
    private static readonly string[] UnderEveryCountry = ["google", "yahoo", "yandex", "indeed", "glassdoor", "monster", "stepstone"];

    /// <summary>The site that a host belongs to, as one of its subdomains or itself; null when it is none of the list.</summary>
    /// <param name="host">In lower case and without a port; or an Android app's package name.</param>
    public static string? Find(ReadOnlySpan<char> host)
    {
        for (var name = LastLabels(host); ; name = name[(name.IndexOf('.') + 1)..])
        {
            if ((NameOf(name) ?? NameInAnyCountry(name)) is { } site)
            {
                return site;
            }

            if (!name.Contains('.'))
            {
                return null;
            }
        }
    }

    private static ReadOnlySpan<char> LastLabels(ReadOnlySpan<char> host)
    {
        var start = host.Length;
        for (var labels = 0; labels < MaxLabels && start >= 0; labels++)
        {
            start = host[..start].LastIndexOf('.');
        }

        return host[(start + 1)..];
    }

    private static string? NameInAnyCountry(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        return dot > 0 && IsCountry(host[(dot + 1)..])
            ? Array.Find(UnderEveryCountry, Is(host[..dot].ToString()))
            : null;

        static Predicate<string> Is(string label) => site => site == label;
    }

    private static bool IsCountry(ReadOnlySpan<char> suffix) =>
        suffix.Length == 2
        || (suffix.Length is 5 or 6 && suffix[^3] == '.' && suffix[..^3] is "co" or "com");

    private static string? NameOf(ReadOnlySpan<char> host) => host switch
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
        "about.me" or "bento.me" or "bio.link" => "profile-page",
        "npmjs.com" => "npm",
        "nuget.org" => "nuget",
        "pypi.org" => "pypi",
        "leetcode.com" or "hackerrank.com" or "codewars.com" => "coding-exercise",
        "devpost.com" => "devpost",
        "meetup.com" => "meetup",
        "twitch.tv" => "twitch",
        "vimeo.com" => "vimeo",
        "tumblr.com" => "tumblr",
        "daily.dev" => "daily.dev",
        "docs.google.com" or "drive.google.com" => "google-docs",

        // Messengers
        "discord.com" or "discordapp.com" => "discord",
        "slack.com" or "com.slack" => "slack",
        "teams.microsoft.com" or "teams.live.com" or "teams.cdn.office.net" or "teams.cloud.microsoft" => "teams",
        "t.me" or "telegram.org" or "org.telegram.messenger" => "telegram",
        "whatsapp.com" or "wa.me" or "com.whatsapp" => "whatsapp",
        "signal.org" => "signal",
        "line.me" or "jp.naver.line.android" => "line",
        "weixin.qq.com" or "com.tencent.mm" => "wechat",

        // Mail
        "mail.google.com" or "com.google.android.gm" => "gmail",
        "outlook.com" or "outlook.live.com" or "outlook.office.com" or "outlook.office365.com" or "outlook.cloud.microsoft"
            or "com.microsoft.office.outlook" => "outlook",
        "mail.yahoo.com" => "yahoo-mail",
        "mail.proton.me" or "ch.protonmail.android" => "proton",
        "fastmail.com" => "fastmail",
        "gmx.net" or "gmx.de" or "gmx.at" or "gmx.ch" or "gmx.com" => "gmx",
        "web.de" => "web.de",
        "t-online.de" => "t-online",
        "icloud.com" => "icloud",
        "mail.aol.com" => "aol",
        "mail.zoho.com" or "mail.zoho.eu" => "zoho-mail",
        "mail.qq.com" or "mail.163.com" => "chinese-mail",
        "mail.ru" => "mail.ru",
        "tuta.com" or "tutanota.com" => "tuta",

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
        "grok.com" => "grok",
        "chat.mistral.ai" => "mistral",
        "chat.deepseek.com" => "deepseek",
        "mojeek.com" => "mojeek",
        "daum.net" => "daum",

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
        "seek.com.au" or "seek.com" or "seek.co.nz" => "seek",
        "naukri.com" or "naukrigulf.com" => "naukri",
        "jobstreet.com" or "jobsdb.com" => "jobstreet",
        "upwork.com" => "upwork",
        "fiverr.com" => "fiverr",
        "freelancer.com" => "freelancer",
        "toptal.com" => "toptal",
        "malt.com" or "malt.fr" or "malt.de" => "malt",
        "joinhandshake.com" => "handshake",
        "themuse.com" => "themuse",
        "usajobs.gov" => "usajobs",
        "jooble.org" => "jooble",
        "talent.com" => "talent.com",
        "hiring.cafe" => "hiring.cafe",
        "jobs.ac.uk" => "jobs.ac.uk",
        "hellowork.com" => "hellowork",
        "jobteaser.com" => "jobteaser",
        "jobindex.dk" => "jobindex",
        "jobs.cz" => "jobs.cz",
        "computrabajo.com" => "computrabajo",
        "foundit.in" => "foundit",
        "wantedly.com" => "wantedly",
        "zhipin.com" or "zhaopin.com" or "51job.com" or "liepin.com" => "chinese-job-board",
        "saramin.co.kr" or "jobkorea.co.kr" or "wanted.co.kr" => "korean-job-board",
        "dou.ua" or "work.ua" or "robota.ua" => "ukrainian-job-board",

        // Applicant systems
        "greenhouse.io" or "grnh.se" => "greenhouse",
        "lever.co" => "lever",
        "ashbyhq.com" => "ashby",
        "workable.com" => "workable",
        "myworkdayjobs.com" or "myworkdaysite.com" or "myworkday.com" or "workday.com" => "workday",
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
        "adp.com" => "adp",
        "paylocity.com" => "paylocity",
        "paycomonline.net" => "paycom",
        "csod.com" or "cornerstoneondemand.com" => "cornerstone",
        "brassring.com" => "brassring",
        "umantis.com" => "umantis",
        "onlyfy.jobs" or "prescreen.io" => "onlyfy",
        "rexx-systems.com" => "rexx",
        "dvinci-hr.com" or "dvinci-easy.com" => "dvinci",
        "factorialhr.com" => "factorial",
        "hibob.com" => "hibob",
        "homerun.co" => "homerun",
        "gupy.io" => "gupy",
        "darwinbox.com" or "darwinbox.in" => "darwinbox",
        "manatal.com" or "careers-page.com" => "manatal",
        "trakstar.com" => "trakstar",
        _ => null,
    };
}
