/** Pages and charts that are made from templates. */
package io.github.telcochurn.templates;
