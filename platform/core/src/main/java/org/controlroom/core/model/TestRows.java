package org.controlroom.core.model;

/**
 * The rows on which versions are compared: those that the training of one version held out.
 *
 * @param version whose hold-out it is
 * @param rows how many
 * @param seenByOther how many of them the training of the other version did not hold out, so that it may have learnt them
 * @param datasetHash of the labelled catalogue that they were taken from
 * @param sameDataset whether the version was trained on this very catalogue; when not, products have come or changed since
 */
public record TestRows(String version, int rows, int seenByOther, String datasetHash, boolean sameDataset) {

    /** What people should know of rows that the other version has seen, to append to a sentence; empty when it saw none. */
    public String remark() {
        return seenByOther == 0
                ? ""
                : "; the other version was split otherwise and may have learnt " + seenByOther + " of these rows";
    }
}
