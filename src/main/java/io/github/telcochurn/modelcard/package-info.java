/** A model's card as a page for people. */
package io.github.telcochurn.modelcard;
