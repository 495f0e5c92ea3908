// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Which region accepts which certificates (互认规则)
/// @notice Keeps the rules by which one region accepts certificates of a type from another.
/// @dev The rule itself is in the event; the contract keeps its hash and whether it is in force.
interface IRecognitionPolicy {
    enum Effect {
        Accept,
        Conditional,
        Suspend,
        Deny
    }

    /// @notice A rule. `recognising` is the region that recognises (0: the whole country). Exactly one of
    /// `recognised` and `group` is used: with `group` 0, `recognised` is a region that stands for all below
    /// it (0: any region); with a group's name, `recognised` is 0. `certificateType` 0 is any type. No
    /// `serviceItems`: all. `leastAssurance` is 1 (D) to 4 (A), 0: any. `maxStatusAge` is seconds, 0: no
    /// limit. `validUntil` 0: no end. `condition` is the words a counter is told.
    struct Rule {
        uint24 recognising;
        uint24 recognised;
        bytes32 group;
        bytes21 certificateType;
        string[] serviceItems;
        uint8 leastAssurance;
        uint32 maxStatusAge;
        uint64 validFrom;
        uint64 validUntil;
        Effect effect;
        string condition;
        string basis;
    }

    event RuleAdded(
        uint64 indexed ruleId,
        uint24 indexed recognising,
        bytes21 indexed certificateType,
        Rule rule,
        address by,
        uint64 sequence
    );

    event RuleEnded(uint64 indexed ruleId, string basis, address by, uint64 sequence);

    /// @notice A named group of regions was defined, or defined anew.
    event GroupDefined(bytes32 indexed group, uint24[] regions, string basis, address by, uint64 sequence);

    error RecognitionPolicyInvalidRegion(uint24 region);
    error RecognitionPolicyUnknownGroup(bytes32 group);
    error RecognitionPolicyAmbiguousRecognised(uint24 recognised, bytes32 group);
    error RecognitionPolicyInvalidAssurance(uint8 leastAssurance);
    error RecognitionPolicyInvalidWindow(uint64 validFrom, uint64 validUntil);
    error RecognitionPolicyUnknownRule(uint64 ruleId);
    error RecognitionPolicyRuleEnded(uint64 ruleId);
    error RecognitionPolicyEmptyGroup(bytes32 group);

    /// @notice Adds a rule: the recognising region's authority, or one above it.
    function addRule(Rule calldata rule) external returns (uint64 ruleId);

    function endRule(uint64 ruleId, string calldata basis) external;

    /// @notice Defines a group of regions: the national authority.
    function defineGroup(bytes32 group, uint24[] calldata regions, string calldata basis) external;

    /// @notice The hash of a rule in force, abi.encode(rule) in Keccak-256; 0 when it ended or never was.
    function ruleHashOf(uint64 ruleId) external view returns (bytes32);

    function sequence() external view returns (uint64);
}
