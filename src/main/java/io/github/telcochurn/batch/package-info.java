/** A batch run from the file to the report, and the evidence that it leaves. */
package io.github.telcochurn.batch;
