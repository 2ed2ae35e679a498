package dev.adit.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialHeadsTest {
    private final List<String> givenUp = new ArrayList<>();
    private final PartialHeads heads = new PartialHeads(100);
    private final PartialHeads.Sender first = () -> givenUp.add("first");
    private final PartialHeads.Sender second = () -> givenUp.add("second");
    private final PartialHeads.Sender third = () -> givenUp.add("third");

    @Test
    void who_has_waited_longest_is_given_up_for_one_more() {
        heads.hold(first, 40);
        heads.hold(second, 40);
        heads.hold(first, 60);
        assertThat(givenUp).isEmpty();
        heads.hold(third, 10);
        assertThat(givenUp).containsExactly("first");
        heads.hold(third, 70);
        assertThat(givenUp).containsExactly("first", "second");
    }

    @Test
    void a_whole_head_holds_nothing_any_more() {
        heads.hold(first, 90);
        heads.release(first);
        heads.release(second);
        heads.hold(second, 90);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void who_takes_more_than_all_may_is_given_up_itself() {
        heads.hold(first, 101);
        assertThat(givenUp).containsExactly("first");
    }
}
