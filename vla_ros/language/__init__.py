"""Commands as text: clean-up, stop words, vocabulary, phrasings; no ROS, no torch."""
