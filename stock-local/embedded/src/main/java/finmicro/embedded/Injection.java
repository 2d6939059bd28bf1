package finmicro.embedded;

import java.lang.reflect.Field;

/** Injects the fields of a bean, for tests without a container. */
public final class Injection {

    private Injection() {}

    /**
     * Sets every field of the bean to which the dependency can be assigned.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public static <T> T into(T bean, Object dependency) {
        boolean found = false;
        for (Class<?> type = bean.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType().isInstance(dependency) && field.getType() != Object.class) {
                    set(bean, field, dependency);
                    found = true;
                }
            }
        }
        if (!found) {
            throw new IllegalArgumentException(bean.getClass() + " has no field for " + dependency.getClass());
        }
        return bean;
    }

    private static void set(Object bean, Field field, Object dependency) {
        try {
            field.setAccessible(true);
            field.set(bean, dependency);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
