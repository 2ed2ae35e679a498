package dev.adit.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappingsTest {
    private static final String SMAPS = """
            55d0c0a00000-55d0c2a00000 r-xp 00012000 fe:01 1234                       /usr/bin/adit
            Size:              32768 kB
            Rss:               20480 kB
            Private_Clean:         0 kB
            Private_Dirty:     20480 kB
            Anonymous:             0 kB
            Swap:                  0 kB
            VmFlags: rd ex mr mw me
            55d0c2a00000-55d0c2a10000 r--p 02012000 fe:01 1234                       /usr/bin/adit
            Rss:                  64 kB
            Private_Dirty:         4 kB
            Anonymous:             4 kB
            55d0c2a10000-55d0c2b00000 rw-p 02022000 fe:01 1234                       /usr/bin/adit
            Rss:                  64 kB
            Private_Dirty:         0 kB
            Anonymous:             0 kB
            7f0000000000-7f0000100000 r-xp 00000000 fe:01 99                         /usr/lib/libc.so.6
            Rss:                1024 kB
            7f0000200000-7f0000300000 rw-p 00000000 00:00 0
            Rss:                1024 kB
            """;

    @Test
    void only_what_can_be_read_from_the_executable_again_is_released() {
        var untouched = Mappings.parse(SMAPS).stream()
                .filter(mapping -> mapping.isUntouched("/usr/bin/adit"))
                .toList();
        assertThat(untouched)
                .containsExactly(new Mapping(0x55d0c0a00000L, 0x55d0c2a00000L, "r-xp", "/usr/bin/adit", 20_971_520, 0));
    }

    @Test
    void every_mapping_is_seen_with_or_without_a_file() {
        assertThat(Mappings.parse(SMAPS))
                .extracting(Mapping::file)
                .containsExactly("/usr/bin/adit", "/usr/bin/adit", "/usr/bin/adit", "/usr/lib/libc.so.6", "");
    }
}
