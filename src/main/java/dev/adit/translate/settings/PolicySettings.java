package dev.adit.translate.settings;

import java.util.List;

/** The settings that become policies; the order of the filters is that of {@code FilterChain}. */
final class PolicySettings {
    static final List<PolicySetting> ALL = List.of(
            new HstsSetting(),
            new MaxBodySizeSetting(),
            new RedirectSetting(),
            new RequestHeadersSetting(),
            new ResponseHeadersSetting(),
            new RewriteSetting());

    private PolicySettings() {}
}
