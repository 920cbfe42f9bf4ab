package io.github.telcochurn.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML with the same parser as Camel, and keeps the places. */
public final class YamlReader {
    /** More than any file that people write has; a few anchors that refer to one another can produce billions. */
    private static final int MAX_VALUES = 500_000;

    private final int linesAbove;
    private final int columnsLeft;

    /**
     * A reader of a part of a file.
     *
     * @param linesAbove how many lines of the file are above the part
     * @param columnsLeft by how many columns the part is indented
     */
    public YamlReader(int linesAbove, int columnsLeft) {
        this.linesAbove = linesAbove;
        this.columnsLeft = columnsLeft;
    }

    /** A text is not YAML; the message says why. */
    public static final class InvalidYaml extends Exception {
        private final transient Yaml.Position at;

        InvalidYaml(Yaml.Position at, String message) {
            super(message);
            this.at = at;
        }

        public Yaml.Position at() {
            return at;
        }
    }

    /**
     * The document in a text; empty when there is nothing in it.
     *
     * @throws InvalidYaml at the first place that cannot be read
     */
    public Optional<Yaml> read(String text) throws InvalidYaml {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setUseMarks(true)
                    // Many columns may share their values; the number of values limits the growth.
                    .setMaxAliasesForCollections(Integer.MAX_VALUE)
                    .build();
            Parser parser = new NestingLimit(new ParserImpl(settings, new StreamReader(settings, text)));
            Optional<Node> root = new Composer(settings, parser).getSingleNode();
            return root.isPresent() ? Optional.of(new Tree().of(root.get())) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            Yaml.Position at = e.getProblemMark().map(this::position).orElse(position(0, 0));
            throw new InvalidYaml(at, e.getProblem() + (e.getContext() == null ? "" : " (" + e.getContext() + ")"));
        } catch (YamlEngineException e) {
            throw new InvalidYaml(position(0, 0), e.getMessage());
        }
    }

    /** Replaces aliases by what their anchors mark. */
    private final class Tree {
        private final Set<Node> enclosing = Collections.newSetFromMap(new IdentityHashMap<>());
        private int values;

        Yaml of(Node node) throws InvalidYaml {
            Yaml.Position at =
                    node.getStartMark().map(YamlReader.this::position).orElse(position(0, 0));
            values++;
            if (values > MAX_VALUES) {
                throw new InvalidYaml(
                        at, "there are more than " + MAX_VALUES + " values, counting those of anchors each time");
            }
            if (!enclosing.add(node)) {
                throw new InvalidYaml(at, "this refers to itself through its anchor");
            }
            Yaml yaml = piece(node, at);
            enclosing.remove(node);
            return yaml;
        }

        private Yaml piece(Node node, Yaml.Position at) throws InvalidYaml {
            if (node instanceof MappingNode mapping) {
                return new Yaml.Mapping(at, entries(mapping));
            }
            if (node instanceof SequenceNode sequence) {
                List<Yaml> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(of(item));
                }
                return new Yaml.Sequence(at, List.copyOf(items));
            }
            return scalar(at, (ScalarNode) node);
        }

        private List<Yaml.Entry> entries(MappingNode mapping) throws InvalidYaml {
            List<Yaml.Entry> entries = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Yaml key = of(tuple.getKeyNode());
                if (!(key instanceof Yaml.Scalar name)) {
                    throw new InvalidYaml(key.at(), "a key must be a name, but here it is a list or a mapping");
                }
                if (!seen.add(name.text())) {
                    throw new InvalidYaml(name.at(), "the key " + name.text() + " appears here a second time");
                }
                entries.add(new Yaml.Entry(name, of(tuple.getValueNode())));
            }
            return List.copyOf(entries);
        }
    }

    private static Yaml.Scalar scalar(Yaml.Position at, ScalarNode node) {
        ScalarStyle style = node.getScalarStyle();
        boolean quoted = style != ScalarStyle.PLAIN;
        boolean oneLine =
                (style == ScalarStyle.PLAIN || style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED)
                        && node.getStartMark()
                                .map(Mark::getLine)
                                .equals(node.getEndMark().map(Mark::getLine));
        return new Yaml.Scalar(at, node.getValue(), oneLine ? at.right(quoted ? 1 : 0) : null, quoted);
    }

    private Yaml.Position position(Mark mark) {
        return position(mark.getLine(), mark.getColumn());
    }

    private Yaml.Position position(int line, int column) {
        return new Yaml.Position(linesAbove + line + 1, columnsLeft + column + 1);
    }
}
