package dev.adit.compare;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Two controllers, asked the same one question after the other, each question at the same time. */
public final class Comparison {
    private static final int SECONDS = 15;

    private final Asker asker;
    private final Target old;
    private final Target other;
    private final Duration pause;

    /**
     * Of an old one and a new one.
     *
     * @param perSecond how many questions at most
     */
    public Comparison(Asker asker, Target old, Target other, int perSecond) {
        this.asker = asker;
        this.old = old;
        this.other = other;
        this.pause = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    /** What both have answered to one question. */
    public record Result(Question question, Answer before, Answer after) {
        public List<Difference> differences() {
            return Difference.between(before, after);
        }

        /** Whether neither has answered, so that there is nothing to compare. */
        public boolean isUnanswered() {
            return before instanceof Answer.Failure && after instanceof Answer.Failure;
        }
    }

    /** Asks all, and tells of each answer as it comes. */
    public void ask(Collection<Question> questions, Consumer<Result> results) {
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var question : questions) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                var due = System.nanoTime() + pause.toNanos();
                var before = both.submit(() -> asker.ask(old, question));
                var after = both.submit(() -> asker.ask(other, question));
                results.accept(new Result(question, answer(before), answer(after)));
                for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }

    private static Answer answer(Future<Answer> asked) {
        try {
            return asked.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failure("interrupted");
        } catch (TimeoutException _) {
            asked.cancel(true); // which closes the socket of a virtual thread
            return new Answer.Failure("there was no whole answer in " + SECONDS + " s");
        } catch (ExecutionException e) {
            return new Answer.Failure(String.valueOf(e.getCause()));
        }
    }
}
