package io.github.telcochurn.scoring;

import io.github.telcochurn.ChurnFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when another model becomes champion, checks it, and lets it score. Used by the route {@code reload-model}; a
 * champion that must not be used is refused, and the current model keeps scoring.
 */
public final class ModelReload {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReload.class);

    private final ModelFolder folder;
    private final ServingModel serving;
    /** The folder as it was at the last look; null before the first one. */
    private String seen;

    private ChurnModel ready;

    /**
     * A watch over a folder.
     *
     * @param serving the model that scores, which {@link #swap} replaces
     */
    public ModelReload(ModelFolder folder, ServingModel serving) {
        this.folder = folder;
        this.serving = serving;
        serving.isRefreshedBy(this::takeOver);
    }

    /** What a look may find. */
    public enum Result {
        /** The champion serves already, or nothing has changed since the last look. */
        NONE,
        /** Another champion, which passed its checks: {@link #swap} lets it score. */
        READY,
        /** Another champion, or the same one changed, that must not be used. */
        REFUSED
    }

    /**
     * What a look found.
     *
     * @param serving the version that scores
     * @param version of the champion that is ready; empty for none
     * @param problem why the champion is refused; empty when it is not
     */
    public record Found(Result result, String serving, String version, String problem) {}

    /**
     * Looks for another champion. Where the folder is as it was at the last look, that costs no more than listing it; a champion
     * that was refused is looked at again when something in the folder has changed.
     */
    public synchronized Found look() {
        String now = folder.fingerprint();
        if (now.equals(seen)) {
            return found(Result.NONE, "", "");
        }
        // Before it is read: what changes meanwhile is found by the next look.
        seen = now;
        try {
            ChurnModel champion = folder.champion();
            if (isServing(champion)) {
                serving.accepted();
                return found(Result.NONE, "", "");
            }
            GoldenRows.require(champion);
            ready = champion;
            return found(Result.READY, champion.version(), "");
        } catch (RuntimeException | LinkageError e) {
            // Whatever it is, the model that serves is not touched by it.
            String problem = ChurnFailure.userMessage(e);
            boolean isKnown = problem.equals(serving.refusal());
            serving.refused(problem);
            return isKnown ? found(Result.NONE, "", "") : found(Result.REFUSED, "", problem);
        }
    }

    private boolean isServing(ChurnModel champion) {
        ChurnModel current = serving.current();
        return champion.version().equals(current.version())
                && champion.card().sha256().equals(current.card().sha256());
    }

    private Found found(Result result, String version, String problem) {
        return new Found(result, serving.current().version(), version, problem);
    }

    /** Look and swap in one, for a scorer that must not wait for the route. */
    private synchronized void takeOver() {
        ChurnModel before = serving.current();
        Found found = look();
        if (found.result() == Result.REFUSED) {
            LOG.warn("The champion is refused, and {} keeps scoring. {}", found.serving(), found.problem());
        }
        swap();
        if (serving.current() != before) {
            LOG.info("Scoring with the model {}, as the scorer may have that had these partitions before", swap());
        }
    }

    /**
     * Has the champion that is ready score from the next poll on; the one that is under way ends with the model that it began
     * with.
     *
     * @return the version that scores now
     */
    public synchronized String swap() {
        if (ready != null) {
            serving.serve(ready);
            ready = null;
        }
        return serving.current().version();
    }
}
