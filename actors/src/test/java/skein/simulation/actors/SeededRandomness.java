package skein.simulation.actors;

import java.lang.reflect.Field;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Where random ids come from in the JVM of a simulation: the seed. Installed before anything asks for one. */
public final class SeededRandomness extends SecureRandomSpi {
    private static final long serialVersionUID = 1;
    private static volatile RandomGenerator source = new SplittableRandom(0);

    /** The name by which the security provider makes it. */
    public SeededRandomness() {}

    static void install() {
        Security.insertProviderAt(new Seeded(), 1);
    }

    /** From now on. */
    static void from(RandomGenerator random) {
        source = random;
        try {
            Field seeder = ThreadLocalRandom.class.getDeclaredField("seeder");
            seeder.setAccessible(true);
            ((AtomicLong) seeder.get(null)).set(random.nextLong());
            set("threadLocalRandomSeed", random.nextLong());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the random numbers of this JVM cannot be seeded", e);
        }
    }

    /** Of this thread, which runs what no thread of a process does. */
    private static void set(String name, long value) throws ReflectiveOperationException {
        ThreadLocalRandom.current();
        Field field = Thread.class.getDeclaredField(name);
        field.setAccessible(true);
        field.setLong(Thread.currentThread(), value);
    }

    private static final class Seeded extends Provider {
        private static final long serialVersionUID = 1;

        Seeded() {
            super("SkeinSimulation", "1", "random by seed");
            put("SecureRandom.Seeded", SeededRandomness.class.getName());
        }
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
        // the world's seed stands
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
        byte[] bytes = new byte[count];
        source.nextBytes(bytes);
        return bytes;
    }
}
