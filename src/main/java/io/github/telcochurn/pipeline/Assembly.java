package io.github.telcochurn.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process runs.
 *
 * @param routeIds the routes, by the stems of their files
 * @param beans those that the routes refer to, by name
 * @param beanTypes the types of all beans of the program, by name; routes are checked against them
 */
public record Assembly(List<String> routeIds, Map<String, Object> beans, Map<String, Class<?>> beanTypes) {
    public Assembly {
        routeIds = List.copyOf(routeIds);
        beans = Map.copyOf(beans);
    }

    /** A copy with one more bean, or with the bean of that name replaced. */
    public Assembly with(String name, Object bean) {
        Map<String, Object> more = new HashMap<>(beans);
        more.put(name, bean);
        return new Assembly(routeIds, more, beanTypes);
    }
}
