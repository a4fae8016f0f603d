package org.controlroom.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.spi.Progress;

/** A process that loads a catalogue and prints how far it is, to be killed on the way. */
final class LoadingChild {

    private LoadingChild() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        TestDatabase test = new TestDatabase(folder);
        new JdbcCatalogue(test.database, InstantSource.system())
                .load(
                        "killed",
                        folder.resolve("X.csv"),
                        folder.resolve("Y.csv"),
                        CataloguePortion.WHOLE,
                        new Progress() {
                            @Override
                            public void report(String what, long done, long total) {
                                System.out.println(done);
                            }

                            @Override
                            public void throwIfCancelled() {}
                        });
        System.out.println("completed");
    }
}
