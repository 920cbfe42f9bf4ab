/** The figures of a batch run: books, drift, quality of the model, risk by segment. */
package io.github.telcochurn.batch.figures;
