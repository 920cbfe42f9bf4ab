/** From a customer to a churn prediction: the features, the model, the reasons for what it says, and the scorer that the route calls. */
package io.github.telcochurn.scoring;
