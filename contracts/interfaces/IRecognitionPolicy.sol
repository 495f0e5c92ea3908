// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Which region accepts which certificates (互认规则)
/// @notice Keeps the rules by which one region accepts certificates of a type from another.
/// @dev The rule itself is in the event; the contract keeps its hash and whether it is in force. Rules
/// are weighed against each other off the chain. Each event carries `basis`, the document it rests on
/// (a rule's is in the rule), `by`, the account that made the change, and `sequence`, which counts this
/// contract's events from 1 without gaps.
interface IRecognitionPolicy {
    /// @notice What a rule does with a certificate: accept it; accept it and tell the counter a
    /// condition; refuse it for now; refuse it.
    enum Effect {
        Accept,
        Conditional,
        Suspend,
        Deny
    }

    /// @notice A rule. Exactly one of `recognised` and `group` is used.
    /// @param recognising The region that recognises (0: the whole country).
    /// @param recognised A region that stands for all below it (0: any region); 0 with a group.
    /// @param group The name of a group of regions; 0: none.
    /// @param certificateType The type's code; 0: any type.
    /// @param serviceItems The service items it holds for; none: all.
    /// @param leastAssurance The least assurance level, 1 (D) to 4 (A); 0: any.
    /// @param maxStatusAge How old status data may be, in seconds; 0: no limit.
    /// @param validFrom From when on it holds.
    /// @param validUntil When it holds no more; 0: no end.
    /// @param effect What it does.
    /// @param condition The words a counter is told.
    /// @param basis The document it rests on.
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

    /// @notice A rule came into force.
    /// @param ruleId The rule's number, from 1 without gaps.
    /// @param recognising The region that recognises.
    /// @param certificateType The type's code; 0: any type.
    /// @param rule The rule in full.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event RuleAdded(
        uint64 indexed ruleId,
        uint24 indexed recognising,
        bytes21 indexed certificateType,
        Rule rule,
        address by,
        uint64 sequence
    );

    /// @notice A rule was ended, from this block on.
    /// @param ruleId The rule's number.
    /// @param basis The document this rests on.
    /// @param by The authority's account.
    /// @param sequence The number of this change.
    event RuleEnded(uint64 indexed ruleId, string basis, address by, uint64 sequence);

    /// @notice A named group of regions was defined, or defined anew.
    /// @param group The group's name.
    /// @param regions All its regions, each standing for all below it.
    /// @param basis The document this rests on.
    /// @param by The national authority's account.
    /// @param sequence The number of this change.
    event GroupDefined(
        bytes32 indexed group,
        uint24[] regions,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice The number has not the form of a region code.
    /// @param region The number.
    error RecognitionPolicyInvalidRegion(uint24 region);

    /// @notice There is no group of this name, or the name is 0.
    /// @param group The name.
    error RecognitionPolicyUnknownGroup(bytes32 group);

    /// @notice A rule names a region or a group, not both.
    /// @param recognised The region.
    /// @param group The group.
    error RecognitionPolicyAmbiguousRecognised(uint24 recognised, bytes32 group);

    /// @notice The least assurance level is above 4.
    /// @param leastAssurance The level.
    error RecognitionPolicyInvalidAssurance(uint8 leastAssurance);

    /// @notice The rule ends before it starts, or as it starts.
    /// @param validFrom Its start.
    /// @param validUntil Its end.
    error RecognitionPolicyInvalidWindow(uint64 validFrom, uint64 validUntil);

    /// @notice There never was a rule of this number.
    /// @param ruleId The number.
    error RecognitionPolicyUnknownRule(uint64 ruleId);

    /// @notice The rule has been ended already.
    /// @param ruleId The rule's number.
    error RecognitionPolicyRuleEnded(uint64 ruleId);

    /// @notice A group has at least one region.
    /// @param group The group's name.
    error RecognitionPolicyEmptyGroup(bytes32 group);

    /// @notice Adds a rule: the recognising region's authority, or one above it.
    /// @param rule The rule.
    /// @return ruleId Its number.
    function addRule(Rule calldata rule) external returns (uint64 ruleId);

    /// @notice Ends a rule: the recognising region's authority, or one above it.
    /// @param ruleId The rule's number.
    /// @param basis The document this rests on.
    function endRule(uint64 ruleId, string calldata basis) external;

    /// @notice Defines a group of regions: the national authority.
    /// @param group The group's name, such as 长三角 in UTF-8; never 0.
    /// @param regions All its regions, in place of those it had before.
    /// @param basis The document this rests on.
    function defineGroup(bytes32 group, uint24[] calldata regions, string calldata basis) external;

    /// @notice The hash of a rule that has not been ended: abi.encode(rule) in Keccak-256.
    /// @dev Whether the rule's own window is open is not asked.
    /// @param ruleId The rule's number.
    /// @return 0 when it was ended or never was.
    function ruleHashOf(uint64 ruleId) external view returns (bytes32);

    /// @notice How many changes this contract has recorded; the last event carries this number.
    /// @return The number of the last change.
    function sequence() external view returns (uint64);
}
