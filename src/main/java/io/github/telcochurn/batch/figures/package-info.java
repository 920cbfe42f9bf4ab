/** What a batch run has counted: books, drift, quality of the model, risk by segment. */
package io.github.telcochurn.batch.figures;
