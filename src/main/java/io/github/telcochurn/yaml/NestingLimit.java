package io.github.telcochurn.yaml;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Refuses values that are nested too deeply, since readers recurse for each level and the stack is limited. */
final class NestingLimit implements Parser {
    private static final int MAX_DEPTH = 500;

    private final Parser events;
    private int depth;

    NestingLimit(Parser events) {
        this.events = events;
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return events.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public Event next() {
        Event event = events.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> enter(event);
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                // Neither begins nor ends a level.
            }
        }
        return event;
    }

    private void enter(Event start) {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new ParserException("values are nested more than " + MAX_DEPTH + " deep", start.getStartMark());
        }
    }
}
