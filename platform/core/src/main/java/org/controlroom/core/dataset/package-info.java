/**
 * Dataset versions: the pipeline that makes one, and the rules that split, balance and name it.
 *
 * <p>Not here: the format of the files and the tables; those are behind the ports DatasetFiles and DatasetVersions. Start
 * with {@link org.controlroom.core.dataset.GenerateDatasetPipeline}.
 */
@NullMarked
package org.controlroom.core.dataset;

import org.jspecify.annotations.NullMarked;
