package io.github.telcochurn.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process runs.
 *
 * @param routeIds the routes, by the stems of their files
 * @param beans what these name
 * @param beanTypes of every bean that the program has anywhere, by name: what routes are checked against
 */
public record Assembly(List<String> routeIds, Map<String, Object> beans, Map<String, Class<?>> beanTypes) {
    public Assembly {
        routeIds = List.copyOf(routeIds);
        beans = Map.copyOf(beans);
    }

    /** As this, with one more bean, or with another one of that name. */
    public Assembly with(String name, Object bean) {
        Map<String, Object> more = new HashMap<>(beans);
        more.put(name, bean);
        return new Assembly(routeIds, more, beanTypes);
    }
}
