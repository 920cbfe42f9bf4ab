package io.github.telcochurn.yaml;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Stops at values that are nested too deep: whatever reads them calls itself for each level, and the stack has an end. */
final class NestingLimit implements Parser {
    private static final int DEEPEST = 500;

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
                // Neither begins a level nor ends one.
            }
        }
        return event;
    }

    private void enter(Event start) {
        depth++;
        if (depth > DEEPEST) {
            throw new ParserException("values are nested more than " + DEEPEST + " deep", start.getStartMark());
        }
    }
}
